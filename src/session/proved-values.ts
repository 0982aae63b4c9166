import { forms } from '../chart/forms.ts'
import { equalJson, isMap, type Json, type JsonMap } from '../chart/json.ts'
import { type Nesting, unnested } from '../chart/nesting.ts'
import type { PodExtras } from '../chart/pod/pod-objects.ts'
import { type Obligation, proveValues } from '../chart/prove/prove.ts'
import { type ValuesDocument, values } from '../chart/values.ts'
import { writeYaml } from '../chart/write/write-yaml.ts'
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { type Place, valuesPlace } from '../input/place.ts'
import { data, type Mapping, mapAt } from '../input/yaml/tree.ts'
import { newestKubernetes } from '../kubernetes/resources.ts'
import type { Plan } from '../plan/plan.ts'
import { masked } from '../secrets/mask-yaml.ts'
import { hiderOf } from '../secrets/redact.ts'
import type { DocumentOptions } from './options.ts'
import { sameSince } from './same-since.ts'
import type { Session } from './session.ts'
import { tool } from './tool.ts'

/** Values that were proved, with what they were proved of and where they go. */
export interface ProvedValues extends ValuesDocument {
  readonly obligation: Obligation
  readonly place: Place
}

/** The values of a plan, proved: what is printed is read again, rendered and put to the authorizer. */
export function provedValues(
  plan: Plan,
  session: Session,
  options: Partial<DocumentOptions>,
): { document: ProvedValues | null; diagnostics: readonly Diagnostic[] } {
  const { release, origins, configuration, askedChart } = session
  const place = placeOf(session, options.at)
  const nesting = nestingOf(configuration, place ?? configuration.place, options.at)
  const user = userValues(configuration.values?.chart ?? null)
  const made = values(plan, {
    release,
    ...versionsOf(session),
    origins,
    tool,
    granularity: options.granularity ?? 'exact',
    scope: options.scope ?? 'auto',
    ...(options.only ? { only: options.only } : {}),
    nesting,
    goesTo: place === null ? null : forms[place.form](place.owner),
    extras: extrasOf(configuration, options),
    user,
  })
  if (made.value === null) return { document: null, diagnostics: made.diagnostics }
  const { owner, sensitive = new Set<string>() } = configuration.place
  const own = [...(nesting.base ?? []), ...nesting.at].reduce<Json | undefined>(
    (tree, key) => step(tree, key),
    made.value.values,
  )
  const repeated = repeatedSensitive(own ?? {}, user ?? {}, sensitive)
  if (repeated.length > 0) {
    const found = diagnostic('values-repeat-sensitive', configuration.span, { owner, lists: repeated })
    return { document: null, diagnostics: [...made.diagnostics, found] }
  }
  const { text, beyond, placement, pod } = made.value
  const obligation: Obligation = {
    release,
    plan: made.value.plan,
    beyond,
    rules: rulesOf(options.only, placement),
    pod: options.only === 'rbac' ? null : pod,
    nesting,
    namespace: options.namespace ?? configuration.namespace,
    user,
  }
  proveValues(text, obligation)
  const apart =
    place?.form === 'text'
      ? [diagnostic('values-beyond-reach', configuration.span, { name: configuration.name, owner: place.owner })]
      : []
  const overruled = place === null ? [] : overruledBy(place, made.value.values, configuration)
  const relied =
    askedChart === null
      ? []
      : [diagnostic('unread-chart', null, { version: askedChart, newest: release.version, keys: made.value.keys })]
  const document = { ...made.value, obligation, place: place ?? valuesPlace }
  return { document, diagnostics: [...made.diagnostics, ...apart, ...overruled, ...relied] }
}

/** The lists of a user's values that printed ones repeat, since Helm replaces lists, with something sensitive in them. */
function repeatedSensitive(printed: Json, user: Json, sensitive: ReadonlySet<string>): readonly string[] {
  if (isMap(printed) && isMap(user))
    return Object.entries(printed).flatMap(([key, value]) => {
      const own = user[key]
      if (own === undefined) return []
      if (Array.isArray(value) && Array.isArray(own)) {
        const isRepeated = (each: Json): boolean => value.some(other => equalJson(each, other))
        return own.some(each => isRepeated(each) && holdsText(each, sensitive)) ? [key] : []
      }
      return repeatedSensitive(value, own, sensitive).map(rest => `${key}.${rest}`)
    })
  return []
}

function holdsText(tree: Json, texts: ReadonlySet<string>): boolean {
  if (Array.isArray(tree)) return tree.some(each => holdsText(each, texts))
  if (isMap(tree)) return Object.values(tree).some(each => holdsText(each, texts))
  return texts.has(String(tree))
}

/** Says which of the printed values come to nothing, because of what is set after them. */
function overruledBy(
  { at, after, owner, form }: Place,
  printed: JsonMap,
  { span }: Configuration,
): readonly Diagnostic[] {
  const own = at.reduce<Json | undefined>((tree, key) => step(tree, key), printed)
  const names = after === undefined || own === undefined ? [] : contradicting(after as JsonMap, own)
  return names.length === 0 ? [] : [diagnostic('values-overruled', span, { owner, names, form })]
}

const step = (tree: Json | undefined, key: string | number): Json | undefined => {
  if (Array.isArray(tree)) return tree[Number(key)]
  return isMap(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined
}

/** The keys that both have, with different values. */
function contradicting(after: JsonMap, printed: Json): readonly string[] {
  return Object.entries(after).flatMap(([key, value]) => {
    const below = step(printed, key)
    if (below === undefined || equalJson(value, below)) return []
    if (!isMap(value) || !isMap(below)) return [key]
    return contradicting(value, below).map(rest => `${key}.${rest}`)
  })
}

/** Whether the values carry the rules. */
function rulesOf(only: DocumentOptions['only'], placement: ValuesDocument['placement']): Obligation['rules'] {
  if (only === 'pod' || placement === 'untouched') return 'left alone'
  return placement === 'manifests' ? 'elsewhere' : 'values'
}

/** The releases that a header names. */
export const versionsOf = ({ uses, derivation, target, askedChart, askedKubernetes }: Session) => ({
  alloy: target.alloy,
  asked: { alloy: target.stated ?? null, chart: askedChart, kubernetes: askedKubernetes },
  kubernetes: target.kubernetes,
  // Of an older one, what is later may differ.
  ...(target.kubernetes === newestKubernetes ? { sameSince: sameSince(uses, derivation) } : {}),
})

/** Shorter texts are words of any document, such as `helm`. */
const longestWord = 5

/** Where a document goes: to the place of the input, unless the options name keys. */
function placeOf({ configuration: { place }, hidden }: Session, keys: string | undefined): Place | null {
  if (keys !== undefined) return null
  if (!place.repeats) return place
  // What is to be replaced as a whole would be repeated with the secrets in it. What a ConfigMap contains is none, and this key only sounds like one.
  const text = writeYaml(place.frame as JsonMap).replaceAll(/ConfigMap|automountServiceAccountToken/g, 'other')
  const given = [...hidden.confidential.texts].filter(({ length }) => length > longestWord)
  const shown = hiderOf(hidden)(given)(masked({ path: '', text }).text)
  return shown === text ? place : { ...valuesPlace, form: 'text', owner: place.owner, document: place.document }
}

/** Values go where the input takes them, unless the options name other keys. */
function nestingOf({ values: given }: Configuration, place: Place, keys: string | undefined): Nesting {
  const named = keys?.split('.').filter(key => key !== '')
  const at = given?.at ?? []
  const isSame = named === undefined || equalJson(named, [...place.at, ...at])
  if (!isSame) return { ...unnested, at: named }
  const parentGlobal = given !== null && at.length > 0 && mapAt(given.root, 'global') !== null
  const frame = named === undefined ? (place.frame as JsonMap) : {}
  return { frame, base: place.at, at, parentGlobal }
}

const userValues = (chart: Mapping | null): JsonMap | null => (chart === null ? null : (data(chart) as JsonMap))

/** What the options ask for beside the pod. */
export function extrasOf(
  { settings }: Configuration,
  { platform, networkPolicy }: Partial<DocumentOptions>,
): PodExtras {
  const server = { port: settings.listen.port.value, clustered: settings.cluster.enabled.value }
  return { ...(platform ? { platform } : {}), ...(networkPolicy === true ? { server } : {}) }
}
