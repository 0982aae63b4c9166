import { each, ofAlloy, type Shape } from '../shape.ts'

const targetOf = (size: number): string => `{ __address__ = "a:80", ${each(size, at => `l${at} = "v${at}"`, ', ')} }`
const rules = (targets: string, text: string): string =>
  `discovery.kubernetes "k" {\n  role = "pod"\n}\ndiscovery.relabel "r" {\n  targets = ${targets}\n${text}\n}\nprometheus.scrape "s" {\n  targets    = discovery.relabel.r.output\n  forward_to = []\n}`
const rule = (text: string): string => `  rule {\n    ${text.replaceAll('; ', '\n    ')}\n  }`
const root = (size: number): number => Math.max(1, Math.round(Math.sqrt(size)))
const pods = 'discovery.kubernetes.k.targets'

/** What rules make of targets. */
export const relabeling: readonly Shape[] = [
  ofAlloy('rules over known labels', 100, size =>
    rules(
      '[{ __address__ = "a:80" }]',
      each(size, at => rule(`source_labels = ["__address__"]; target_label = "l${at}"`)),
    ),
  ),
  ofAlloy('rules over labels of pods', 100, size =>
    rules(
      pods,
      each(size, at => rule(`source_labels = ["__meta_kubernetes_pod_label_l${at}"]; target_label = "l${at}"`)),
    ),
  ),
  ofAlloy('rules that write one label', 100, size =>
    rules(
      pods,
      each(size, at =>
        rule(
          `source_labels = ["__meta_kubernetes_pod_label_l${at}"]; regex = "a${at}"; target_label = "job"; replacement = "v${at}"`,
        ),
      ),
    ),
  ),
  ofAlloy('rules that keep and drop', 100, size =>
    rules(
      pods,
      each(size, at =>
        rule(`source_labels = ["__meta_kubernetes_pod_label_l${at}"]; regex = "a${at}|b"; action = "drop"`),
      ),
    ),
  ),
  ofAlloy('rules that write unknown names', 50, size =>
    rules(
      pods,
      each(size, at => rule(`source_labels = ["__meta_kubernetes_pod_label_l${at}"]; target_label = "l_$1"`)),
    ),
  ),
  ofAlloy('rules that map labels', 50, size =>
    rules(
      pods,
      each(size, at => rule(`regex = "__meta_kubernetes_pod_label_(${at}.+)"; action = "labelmap"`)),
    ),
  ),
  ofAlloy('rules that drop labels', 50, size =>
    rules(
      `[${targetOf(size)}]`,
      each(size, at => rule(`regex = "l${at}"; action = "labeldrop"`)),
    ),
  ),
  ofAlloy('rules that hash and lower', 100, size =>
    rules(
      '[{ __address__ = "a:80" }]',
      each(size, at =>
        rule(`source_labels = ["__address__"]; modulus = 8; target_label = "l${at}"; action = "hashmod"`),
      ),
    ),
  ),
  ofAlloy('labels of a target', 500, size =>
    rules(`[${targetOf(size)}]`, rule('source_labels = ["l0"]; target_label = "job"')),
  ),
  ofAlloy('targets', 200, size =>
    rules(
      `[${each(size, at => `{ __address__ = "a${at}:80" }`, ', ')}]`,
      rule('source_labels = ["__address__"]; target_label = "job"'),
    ),
  ),
  ofAlloy('targets and rules, as many of each', 30, size =>
    rules(
      `[${each(size, at => `{ __address__ = "a${at}:80" }`, ', ')}]`,
      each(size, at => rule(`source_labels = ["__address__"]; target_label = "l${at}"`)),
    ),
  ),
  ofAlloy('source labels of a rule', 200, size =>
    rules(`[${targetOf(size)}]`, rule(`source_labels = [${each(size, at => `"l${at}"`, ', ')}]; target_label = "job"`)),
  ),
  ofAlloy('words of an expression', 200, size =>
    rules(
      pods,
      rule(
        `source_labels = ["__meta_kubernetes_namespace"]; regex = "${each(size, at => `w${at}`, '|')}"; action = "keep"`,
      ),
    ),
  ),
  ofAlloy('groups of an expression', 50, size =>
    rules(
      '[{ __address__ = "a:80" }]',
      rule(`source_labels = ["__address__"]; regex = "${'(a)?'.repeat(size)}.*"; target_label = "job"`),
    ),
  ),
  ofAlloy('repetitions in an expression and characters of its text', 20, size =>
    rules(
      `[{ __address__ = "${'a'.repeat(size * 10)}" }]`,
      rule(
        `source_labels = ["__address__"]; regex = "${'(a*)*'.repeat(Math.min(size, 1_000))}b"; target_label = "job"`,
      ),
    ),
  ),
  ofAlloy('characters of a label', 5_000, size =>
    rules(
      `[{ __address__ = "${'a'.repeat(size)}" }]`,
      rule('source_labels = ["__address__"]; regex = "(.*)a(.*)a(.*)"; target_label = "job"; replacement = "$1$2$3"'),
    ),
  ),
  ofAlloy('groups of labels that a rule appends to', 50, size =>
    rules(
      pods,
      each(size, () =>
        rule(
          'source_labels = ["job", "__meta_kubernetes_namespace"]; target_label = "job"; replacement = "$1"; regex = "(.*)"',
        ),
      ),
    ),
  ),
  ofAlloy('a label that rules double', 5, size =>
    rules(
      '[{ __address__ = "aaaaaaaa" }]',
      each(size, () =>
        rule('source_labels = ["__address__", "__address__"]; target_label = "__address__"; regex = "(.*)"'),
      ),
    ),
  ),
  ofAlloy('expressions and labels of different lengths', 9, size =>
    rules(
      `[${targetOf(root(size))}]`,
      each(root(size), at => rule(`regex = "l${at}(.*)"; replacement = "m_$1"; action = "labelmap"`)),
    ),
  ),
]
