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
  const found = wanted === null ? configurations : meant(configurations, wanted)
  const [first] = found
  if (first && found.length === 1) return { value: first, diagnostics: [] }
  if (!first && wanted === null) return { value: null, diagnostics: [] }
  const names = (first ? found : configurations).map(({ name }) => name || 'the top level of the values').join(', ')
  const problem = first
    ? diagnostic('several-workloads', null, { names })
    : diagnostic('no-such-workload', null, { workload: wanted ?? '', names: names || 'none' })
  return { value: null, diagnostics: [problem] }
}

/** The whole name, else a part of it, else what the user's values call it. */
function meant(configurations: readonly Configuration[], wanted: string): readonly Configuration[] {
  const tests = [({ name }: Configuration) => name === wanted, fits, isCalled]
  for (const test of tests) {
    const found = configurations.filter(each => test(each, wanted))
    if (found.length > 0) return found
  }
  return []
}

/** Releases put their own name before the one that the values have, as in `k8smon-alloy-logs`. */
const isCalled = ({ name, place, values }: Configuration, wanted: string): boolean =>
  name.endsWith(`-${wanted}`) || [...place.at, ...(values?.at ?? [])].includes(wanted)

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
