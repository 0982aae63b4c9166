import { actions } from '../../src/relabel/relabel.ts'
import { quote } from './expression.ts'
import type { Random } from './random.ts'

const atoms = [
  'a', '.', '[^a]', '\\d', '\\pL', '\\p{Greek}', '[[:alpha:]]', '(a|b)', '(?i:A)', '\\b', '^', '$', '(?P<n>a)', '[a-\\x{10FFFF}]', 'é',
  '\\Q.*\\E', '(?=a)', '\\1', '(?<!a)', '\\C', '[', '(', ')', '\\', '(?', '\\x{110000}', '[z-a]', '(?P<n>', '\\pX', '😀', '\\z', '(?s:.)',
] // biome-ignore format: one atom a line would be a page
const counts = [
  '',
  '*',
  '+',
  '?',
  '*?',
  '{2}',
  '{1000}',
  '{1001}',
  '{0,500}',
  '{500,}',
  '**',
  '{,3}',
  '{-1}',
  '{9999999999}',
]

function pattern(random: Random, depth: number): string {
  return random
    .list(1, 3, () => {
      const atom =
        depth < 4 && random.chance(0.35)
          ? `(${pattern(random, depth + 1)}|${pattern(random, depth + 1)})`
          : random.pick(atoms)
      return atom + random.pick(random.chance(0.4) ? counts : [''])
    })
    .join('')
}

const labels = [
  '__address__',
  '__meta_kubernetes_namespace',
  '__meta_kubernetes_pod_name',
  'x',
  '__tmp',
  '',
  'not a label',
]
const replacements = [
  '$1',
  '$' + '{1}',
  '$' + '{n}',
  '$$',
  '$',
  '$' + '{',
  '$9',
  'a',
  '',
  '$1'.repeat(50),
  'x'.repeat(1000),
  '%',
]

/** Targets through relabel rules whose regular expressions are hostile, on their way to a scrape. */
export function relabeling(random: Random): string {
  const value = () =>
    random.pick([
      'a',
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
      'a'.repeat(random.below(5_000)),
      'é😀',
      '',
      '10.0.0.1:80',
    ])
  const targets = random.chance(0.5)
    ? `[${random.list(0, 6, () => `{ __address__ = ${quote(value())}, x = ${quote(value())} }`).join(', ')}]`
    : `discovery.kubernetes.k.targets`
  const rules = random.list(1, 8, () => {
    const lines = [
      random.chance(0.8) && `source_labels = [${random.list(0, 3, () => quote(random.pick(labels))).join(', ')}]`,
      random.chance(0.8) && `regex = ${random.chance(0.05) ? 'sys.env("X")' : quote(pattern(random, 0))}`,
      random.chance(0.6) && `target_label = ${quote(random.pick(labels))}`,
      random.chance(0.5) && `replacement = ${quote(random.pick(replacements))}`,
      random.chance(0.7) && `action = ${quote(random.pick([...actions, 'what']))}`,
      random.chance(0.2) && `separator = ${quote(random.pick([';', '', 'a', '\n']))}`,
      random.chance(0.2) && `modulus = ${random.pick(['0', '1', '7', '18446744073709551615', '-1', '1.5'])}`,
    ]
    return `  rule {\n${lines
      .filter(line => line !== false)
      .map(line => `    ${line}\n`)
      .join('')}  }\n`
  })
  return `discovery.kubernetes "k" {
  role = ${quote(random.pick(['pod', 'node', 'service', 'endpoints']))}
}
discovery.relabel "r" {
  targets = ${targets}
${rules.join('')}}
prometheus.scrape "s" {
  targets = discovery.relabel.r.output
  scheme = "https"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to = []
}
loki.source.kubernetes "l" {
  targets = discovery.relabel.r.output
  forward_to = []
}
`
}
