/**
 * The custom resources that a component reads. What they ask for is assumed while they are not known; where they were passed, the
 * rules that say so in `objects` ask for what these need.
 */
export interface ObjectsRead {
  readonly group: string
  readonly kind: string
  /** The block whose label selector they must match. They lie in the namespaces of the component's scope. */
  readonly selector?: string
  /** The block whose label selector the labels of their namespace must match. */
  readonly namespaceSelector?: string
}

/**
 * What one of these objects asks for by a rule. Paths lead through an object: `[]` through the elements of a list, `*` through all keys
 * of a map. Without `names`, `namespaces` or `namespaceLabels` the rule holds as it is while some object asks for it.
 */
export interface ObjectsRule {
  /** Only objects in which these hold count: the value is true or false, or set or not. */
  readonly when?: Readonly<Record<string, boolean | { readonly set: boolean }>>
  /** Only objects with something at one of these paths count. */
  readonly some?: readonly string[]
  /** The places in the object where paths of `names` and `token` start; the object itself without it. */
  readonly each?: readonly string[]
  /** The names of what is asked for, which lies in the namespace of the object. */
  readonly names?: readonly (string | { readonly path: string; readonly unless: string })[]
  /** A selector of namespaces by `any` and `matchNames`; the object's own without it. */
  readonly namespaces?: string
  /** A label selector of namespaces; all without it. */
  readonly namespaceLabels?: string
  /** Only requests that may carry the mounted token count: for a path of the URL rule, or for a kubelet. */
  readonly token?: TokenSource
}

/** What decides where the mounted token is sent, and with which path. */
export interface TokenSource {
  readonly file: string
  /** `http` where nothing is there. */
  readonly scheme: string
  /** `/metrics` where nothing is there. */
  readonly path: string
  /** Rules of the object, and blocks of the component, that may set another scheme or path. */
  readonly relabelings: string
  readonly rules: string
}
