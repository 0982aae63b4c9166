/** Something that would tell whether what is assumed is needed at all. */
export type Settler =
  /** A value of the configuration, with what to do about it. */
  | { readonly kind: 'value'; readonly argument: string; readonly help: string | null }
  /** Objects of the cluster; `kinds`: the custom resources among them, as kubectl names them. */
  | { readonly kind: 'objects'; readonly kinds: readonly string[] }
  /** Objects that were passed, and ask for it. */
  | { readonly kind: 'askers'; readonly objects: readonly string[] }
  | { readonly kind: 'server'; readonly host: string }
  | { readonly kind: 'servers' }
  | { readonly kind: 'path' }

/** What would settle it, one sentence. */
export function settlersInWords(settlers: readonly Settler[]): string {
  if (settlers.length === 0) return 'what is known only at run time decides whether it is needed'
  return [...new Set(settlers.map(inWords))].join('; ')
}

function inWords(settler: Settler): string {
  switch (settler.kind) {
    case 'value':
      return `${settler.argument} decides whether it is needed: ${settler.help ?? 'write the value in the configuration'}`
    case 'objects':
      return settler.kinds.length === 0
        ? 'objects in the cluster decide whether it is needed'
        : `needed only if objects in the cluster ask for it: kubectl get ${settler.kinds.join(',')} -A -o yaml prints them for --objects`
    case 'askers':
      return `${settler.objects.join(', ')} asks for it`
    case 'server':
      return `needed only if clients of ${settler.host} are checked with the API server: without the grant the answer is then 403`
    case 'servers':
      return 'needed only if such a server checks its clients with the API server: write the addresses in the configuration'
    case 'path':
      return 'the path of the request decides whether it is needed: write it in the configuration'
    default:
      return settler satisfies never
  }
}
