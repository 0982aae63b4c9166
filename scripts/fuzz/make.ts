import { stringify } from 'yaml'
import { configuration } from './configuration.ts'
import { configurations, valuesFiles } from './corpus.ts'
import { mutated, mutatedBytes } from './mutate.ts'
import { hostileNames, withSecret } from './plants.ts'
import { type Random, randomOf } from './random.ts'
import { relabeling } from './relabel.ts'
import { damaged, manifests, valuesOf } from './stream.ts'
import type { Trial } from './trial.ts'

type Maker = (random: Random) => Omit<Trial, 'kind' | 'options'>

const alloy = (text: string | Uint8Array, valid = false) => ({
  files: { 'config.alloy': text },
  inputs: ['config.alloy'],
  valid,
})
const yaml = (text: string) => ({ files: { 'input.yaml': text }, inputs: ['input.yaml'], valid: false })
const any = (random: Random): string => random.pick(configurations)

/** The generators, each with its weight. */
const makers: Readonly<Record<string, readonly [weight: number, make: Maker]>> = {
  bytes: [1, random => alloy(mutatedBytes(any(random), random))],
  tokens: [3, random => alloy(mutated(any(random), random))],
  configuration: [4, random => alloy(configuration(random), true)],
  'broken configuration': [2, random => alloy(mutated(configuration(random), random))],
  relabel: [2, random => alloy(relabeling(random))],
  manifests: [3, random => yaml(manifests(random.chance(0.5) ? any(random) : configuration(random), random))],
  'broken manifests': [1, random => yaml(mutated(manifests(any(random), random), random))],
  values: [3, random => yaml(valuesOf(random.chance(0.5) ? any(random) : configuration(random), random))],
  'broken values': [
    1,
    random => yaml(mutated(random.chance(0.3) ? random.pick(valuesFiles) : valuesOf(any(random), random), random)),
  ],
  'values beside a configuration': [1, beside],
  folder: [1, folder],
  'planted secret': [3, random => alloy(withSecret(random.chance(0.5) ? any(random) : configuration(random), random))],
  'planted secret in a broken text': [
    2,
    random => alloy(withSecret(mutated(random.chance(0.5) ? any(random) : configuration(random), random), random)),
  ],
  baseline: [1, baseline],
  log: [1, random => ({ ...alloy(''), log: log(random) })],
}

const weighted = Object.entries(makers).flatMap(([kind, [weight]]) => Array<string>(weight).fill(kind))

/** The kinds of trials there are. */
export const kinds: readonly string[] = Object.keys(makers)

/** The trial of a seed. */
export function make(seed: number): Trial {
  const random = randomOf(seed)
  const kind = random.pick(weighted)
  return { kind, ...makers[kind]![1](random), options: options(random) }
}

function beside(random: Random): ReturnType<Maker> {
  const values = valuesOf('', random)
  const files = { 'config.alloy': any(random), 'values.yaml': random.chance(0.3) ? mutated(values, random) : values }
  return { files, inputs: ['values.yaml', 'config.alloy'], valid: false }
}

function folder(random: Random): ReturnType<Maker> {
  const files = Object.fromEntries(
    random.list(1, 4, at => [
      `conf/${at}${random.chance(0.3) ? random.pick(hostileNames).replaceAll('/', '') : ''}.alloy`,
      random.chance(0.7) ? configuration(random) : any(random),
    ]),
  )
  const more = random.chance(0.3) ? { 'conf/modules/m.alloy': any(random) } : {}
  return { files: { ...files, ...more }, inputs: ['conf'], valid: false }
}

function baseline(random: Random): ReturnType<Maker> {
  const entry = () => ({
    code: random.pick(['ARB401', 'ARB402', 'ARB999', '']),
    subject: random.pick(['cluster pods get', 'x', '']),
    workload: random.pick(['', 'alloy', 'obs/DaemonSet/alloy']),
    path: random.pick(['', 'config.alloy']),
    reason: 'accepted',
    expires: random.pick(['2026-12-31', '2020-01-01', '2026-02-30', 'soon', 3, null]),
  })
  const tree = damaged({ version: random.chance(0.9) ? 1 : 2, findings: random.list(0, 4, entry) }, random)
  const text = random.chance(0.5) ? JSON.stringify(tree) : stringify(tree)
  const files = { 'config.alloy': any(random), 'accepted.json': random.chance(0.3) ? mutated(text, random) : text }
  return { files, inputs: ['config.alloy'], baseline: 'accepted.json', valid: false }
}

const refusals = [
  'pods is forbidden: User "system:serviceaccount:monitoring:alloy" cannot list resource "pods" in API group "" at the cluster scope',
  'level=error msg="failed" err="secrets \\"x\\" is forbidden: User \\"system:serviceaccount:a:b\\" cannot get resource \\"secrets\\" in API group \\"\\" in the namespace \\"a\\""',
  '{"msg":"forbidden: User \\"u\\" cannot get path \\"/metrics\\""}',
]

function log(random: Random): string {
  const lines = random.list(1, 12, () =>
    random.chance(0.5) ? random.pick(refusals) : mutated(random.pick(refusals), random),
  )
  return lines.join(random.pick(['\n', '\r\n', '']))
}

function options(random: Random): readonly string[] {
  const maybe = (probability: number, ...words: string[]) => (random.chance(probability) ? words : [])
  return [
    ...maybe(0.15, '--env', `X=${random.pick(['pod', 'a,b', '', '__address__', '(', 'x'.repeat(1000)])}`),
    ...maybe(0.1, '--namespace', random.pick(['obs', 'default', 'x-1'])),
    ...maybe(0.15, '--on-unknown', random.pick(['warn', 'defaults'])),
    ...maybe(0.1, '--scope', 'cluster'),
    ...maybe(0.1, '--optional'),
    ...maybe(0.15, '--chart-version', random.pick(['0.1.0', '0.6.0', '0.12.0', '1.0.0', '1.2.1', '1.4.0', '1.11.1'])),
    ...maybe(0.1, '--alloy-version', random.pick(['1.0.0', '1.5.1', '1.9.2', '1.18.1', '1.19.0', '9.0.0'])),
    ...maybe(0.1, '--kube-version', random.pick(['1.20', '1.31', '1.34', '1.99'])),
    ...maybe(0.05, '--kernel', random.pick(['4.18', '5.7', '6.1'])),
    ...maybe(0.05, '--stability', random.pick(['experimental', 'generally-available'])),
    ...maybe(0.05, '--strict'),
  ]
}
