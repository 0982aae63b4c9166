/** One indivisible permission. Sets of these are the only representation that is minimised or compared. */
export type Grant = ResourceGrant | UrlGrant

export interface ResourceGrant {
  readonly kind: 'resource'
  /** Null: all namespaces, or a cluster-scoped resource. `.`: the namespace Alloy runs in. Else a name. */
  readonly namespace: string | null
  /** API group; the core group is the empty string. */
  readonly group: string
  /** Plural name, with its subresource where there is one: `pods/log`. */
  readonly resource: string
  /** Null: all objects. */
  readonly name: string | null
  readonly verb: string
}

export interface UrlGrant {
  readonly kind: 'url'
  /** A path that begins with `/`; a final `*` stands for any rest. */
  readonly url: string
  readonly verb: string
}
