import { type Level, type PodSpec, podSecurity } from '../../src/kubernetes/pod/security.ts'

/** One line of pod-security.jsonl: a pod, and what Kubernetes' own admission says about it. */
export interface Vector {
  readonly spec: PodSpec
  readonly annotations?: Readonly<Record<string, string>>
  readonly level: Level
  readonly violations: { readonly baseline?: readonly string[] | null; readonly restricted?: readonly string[] | null }
}

/** What differs from the judgement that a minor release of Kubernetes gave, or null. */
export const podSecurityOf =
  (kubernetes: string) =>
  (vector: Vector): string | null =>
    difference(vector, kubernetes)

function difference({ spec, annotations, level, violations }: Vector, kubernetes: string): string | null {
  const found = podSecurity(spec, annotations ?? {}, kubernetes)
  if (found.level !== level) return `expected level ${level}, found ${found.level}`
  for (const standard of ['baseline', 'restricted'] as const) {
    const want = [...(violations[standard] ?? [])].sort().join(', ')
    const got = found.violations[standard].join(', ')
    if (want !== got) return `expected ${standard} violations [${want}], found [${got}]`
  }
  return null
}
