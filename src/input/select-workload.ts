import { diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from './configuration.ts'

/** kubectl's short names. */
const shortNames: Readonly<Record<string, string>> = {
  ds: 'daemonset',
  sts: 'statefulset',
  deploy: 'deployment',
  rs: 'replicaset',
  cj: 'cronjob',
  hr: 'helmrelease',
  app: 'application',
  po: 'pod',
}

/**
 * Chooses the configuration that `--workload` means: `[namespace/][kind/]name`, or the whole name as it is listed. Without a
 * name there has to be one only.
 */
export function selectWorkload(
  configurations: readonly Configuration[],
  wanted: string | null,
): Outcome<Configuration | null> {
  const exact = configurations.filter(({ name }) => name === wanted)
  const found =
    wanted === null ? configurations : exact.length > 0 ? exact : configurations.filter(each => fits(each, wanted))
  const [first] = found
  if (first && found.length === 1) return { value: first, diagnostics: [] }
  if (!first && wanted === null) return { value: null, diagnostics: [] }
  const names = (first ? found : configurations).map(({ name }) => name || 'the top level of the values').join(', ')
  const problem = first
    ? diagnostic('several-workloads', null, { names })
    : diagnostic('no-such-workload', null, { workload: wanted ?? '', names: names || 'none' })
  return { value: null, diagnostics: [problem] }
}

/** `namespace/name` and `kind/name` look alike, so either may be meant. */
function fits({ name, namespace }: Configuration, wanted: string): boolean {
  const parts = name.split('/')
  const own = namespace !== null && parts[0] === namespace && parts.length > 2 ? parts.slice(1) : parts
  if (own.length < 2) return false
  const [kind = '', ...rest] = own
  const called = rest.join('/')
  const choices = [
    called,
    ...aliases(kind).map(each => `${each}/${called}`),
    ...(namespace === null
      ? []
      : [`${namespace}/${called}`, ...aliases(kind).map(each => `${namespace}/${each}/${called}`)]),
  ]
  return choices.some(each => each === wanted || each.toLowerCase() === wanted.toLowerCase())
}

function aliases(kind: string): readonly string[] {
  const lower = kind.toLowerCase()
  const short = Object.keys(shortNames).filter(each => shortNames[each] === lower)
  return [kind, `${lower}s`, ...short]
}
