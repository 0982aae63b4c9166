import type { Span } from '../../source.ts'
import type { Scope } from '../scope.ts'
import { text } from '../value/string-pattern.ts'
import { derived, unknown } from '../value/unknown.ts'
import type { Value } from '../value/value.ts'
import { ofStrings, type StandardFunction } from './function.ts'

/** `sys.env`: what the deployment sets, as far as someone said. */
export const env = ofStrings(['name'], 'string', ([name], { scope, span }) => {
  const value = name.bytes ? undefined : scope.env(name.value)
  if (typeof value === 'string') return text(value)
  const open = unknown('environment', span, { name: name.value, type: 'string' })
  return value === undefined ? open : { ...open, nonEmpty: true, isOwnNamespace: true }
})

/** `convert.nonsensitive`: the one way from a secret to text. */
export const nonsensitive: StandardFunction = {
  parameters: [{ kind: 'secret' }],
  apply: (args, { span }) => {
    const [secret] = args
    if (secret?.kind !== 'capsule') return derived(args, 'string', span)
    return secret.of ?? unknown('secret', span, { type: 'string' })
  },
}

/** The object `constants`: except for the version, it depends on where Alloy runs. */
export function constants(scope: Scope, span: Span): Value {
  const open = unknown('environment', span, { type: 'string' })
  const version = `v${scope.release.replace(/^v/, '')}`
  return {
    kind: 'object',
    entries: new Map<string, Value>([
      ['arch', open],
      ['hostname', open],
      // Kubernetes runs on these two.
      ['os', { ...open, candidates: [text('linux'), text('windows')] }],
      ['version', text(version)],
    ]),
    open: false,
  }
}
