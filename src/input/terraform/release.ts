import { type Diagnostic, hasError, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Source, Span } from '../../source.ts'
import { chartName, type ExternalValues, namedRelease, type Release } from '../helm/release.ts'
import { type DataMap, valuesPlace } from '../place.ts'
import { mergeAll } from '../yaml/merge.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import { data, itemsAt, type Mapping, type Scalar, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import { behind } from '../yaml/veil.ts'
import { isMarked, type TerraformResource } from './resources.ts'
import { type SetValue, setValues } from './set-values.ts'
import { sourceOf } from './source.ts'

/** The release that a `helm_release` asks for; null for other resources. */
export function terraformRelease(resource: TerraformResource, shown: Source): Outcome<Release> | null {
  const { address, type, values: attributes, unknown, span } = resource
  if (type !== 'helm_release') return null
  const at = behind(shown, span)
  const later = (what: string): ExternalValues => ({ what: `${what} of ${address}, known only after apply`, span: at })
  const elsewhere: ExternalValues[] = []
  const diagnostics: Diagnostic[] = []
  const layers: Mapping[] = []
  const sensitive = new Set<string>()
  if (isMarked(unknown, 'values')) elsewhere.push(later('the values'))
  for (const [index, item] of itemsAt(attributes, 'values').entries()) {
    const text = textAt(item)
    if (isMarked(unknown, 'values', index)) elsewhere.push(later(`values[${index}]`))
    else if (text !== null) {
      const read = readYaml(sourceOf(resource, text, shown, ['values', index]))
      for (const each of read.diagnostics) diagnostics.push(each)
      const [first] = read.value
      if (first?.kind === 'map') layers.push(first)
      if (first && isMarked(resource.sensitive, 'values', index)) addTexts(first, sensitive)
    }
  }
  const none: Mapping = { kind: 'map', entries: new Map(), span: at }
  const sets = setsOf(resource, shown)
  for (const { value, isSensitive } of sets)
    if (value !== null && isSensitive) for (const each of [value].flat()) addTexts(each, sensitive)
  const single = setValues(mergeAll(none, layers), sets)
  for (const name of single.unknown) elsewhere.push(later(`the value ${name}`))
  // Whatever is added to the values, what is set one by one goes before it.
  const after = data(setValues(none, sets).values) as DataMap
  const chart = chartName(textAt(attributes, 'chart'))
  const version = chart === 'alloy' ? namedRelease(attributes, ['version'], `version of ${address}`) : null
  const namespace = isMarked(unknown, 'namespace') ? null : (textAt(attributes, 'namespace') ?? 'default')
  return {
    value: {
      values: hasError(diagnostics) ? none : single.values,
      path: [],
      file: span.source.path,
      place: {
        ...valuesPlace,
        form: 'terraform',
        owner: address,
        document: address,
        after,
        sensitive,
      },
      label: address,
      name: textAt(attributes, 'name'),
      namespace,
      chart,
      chartVersion: version && { ...version, span: at },
      elsewhere,
      files: [],
      span: at,
    },
    diagnostics,
  }
}

/** What is set one by one, in the order in which the provider does. */
function setsOf(
  { values, unknown, sensitive }: TerraformResource,
  shown: Source,
): readonly (SetValue & { readonly isSensitive: boolean })[] {
  return ['set', 'set_list', 'set_sensitive'].flatMap(block =>
    itemsAt(values, block).map((item, index) => {
      const isUnknown = isMarked(unknown, block, index, 'value')
      return {
        name: textAt(item, 'name') ?? '',
        value: isUnknown ? null : givenValue(item, item.span, shown),
        how: textAt(item, 'type') ?? '',
        isSensitive: block === 'set_sensitive' || isMarked(sensitive, block, index, 'value'),
      }
    }),
  )
}

/** Adds every scalar of a tree but those that say nothing, as a text. */
function addTexts(tree: Tree, texts: Set<string>): void {
  if (tree.kind === 'scalar' && tree.value !== null && tree.value !== '' && typeof tree.value !== 'boolean')
    texts.add(String(tree.value))
  if (tree.kind === 'list') for (const each of tree.items) addTexts(each, texts)
  if (tree.kind === 'map') for (const { value } of tree.entries.values()) addTexts(value, texts)
}

function givenValue(item: Tree, { start, end }: Span, source: Source): readonly Scalar[] | Scalar {
  const span = { source, start, end }
  const list = itemsAt(item, 'value')
  if (list.length > 0) return list.flatMap(each => scalarAt(each) ?? []).map(each => ({ ...each, span }))
  return { kind: 'scalar', value: scalarAt(item, 'value')?.value ?? null, span }
}
