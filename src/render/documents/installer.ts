import type { DiagnosticJson, DocumentJson, GrantWith } from './common.ts'

/** What an installing account needs something for. */
type Purpose = 'install' | 'hand-out' | 'own'

/** `installer --format json`. */
export interface InstallerJson extends DocumentJson {
  readonly for: 'helm' | 'operator' | 'flux' | 'argocd'
  readonly name: string
  readonly namespace: string
  readonly complete: boolean
  readonly objects: readonly {
    readonly apiGroup: string
    readonly resource: string
    readonly kind: string
    readonly namespace: string | null
    readonly name: string | null
    readonly handsOut: boolean
  }[]
  readonly grants: readonly GrantWith<{
    readonly reasons: readonly { readonly purpose: Purpose; readonly subject: string }[]
  }>[]
  readonly lacking:
    | readonly { readonly subject: string; readonly purpose: Purpose; readonly rules: readonly string[] }[]
    | null
  readonly diagnostics: readonly DiagnosticJson[]
}
