import { program } from '#rulemap/program'
import { headerLines } from '../chart/header.ts'
import { equalJson, type JsonMap, mergeMaps } from '../chart/json.ts'
import { unnestValues } from '../chart/nesting.ts'
import { proveValues } from '../chart/prove/prove.ts'
import { sections } from '../chart/setting.ts'
import { type Path, writeYaml } from '../chart/write/write-yaml.ts'
import { about, type Diagnostic, inOrder } from '../diagnostic/diagnostic.ts'
import { canITogether } from '../render/can-i.ts'
import type { GenerateAllJson } from '../render/documents/generate.ts'
import { report } from '../render/html/report.ts'
import { diagnosticJson, printJson } from '../render/json.ts'
import { tableLines } from '../render/table.ts'
import { type Document, documentJson, documentOf, type MadeDocument, type PrintedOptions, yaml } from './generate.ts'
import type { OneOfAll } from './open-all.ts'
import type { ProvedValues } from './proved-values.ts'
import type { Session } from './session.ts'
import { tool } from './tool.ts'
import { type Total, totalOf, totalsJson, totalsTable } from './totals.ts'

/** A document of its own for one configuration. */
export interface NamedDocument {
  readonly name: string
  readonly text: string
}

/** One document for several configurations, and each of them alone; none beside an error. */
export interface AllDocuments extends Document {
  readonly each: readonly NamedDocument[]
}

/** A session with its document. */
interface Made {
  readonly session: Session
  readonly made: MadeDocument
  readonly values: ProvedValues
  readonly total: Total
}

/** The documents of all sessions in the format asked for, in the order of the input. */
export function documentsOf(
  sessions: readonly OneOfAll[],
  options: PrintedOptions,
  common: readonly Diagnostic[],
): AllDocuments {
  const made = sessions.map(session => {
    const one = documentOf(session, options, session.said)
    return {
      session,
      made: sessions.length === 1 ? one : { ...one, diagnostics: about(session.configuration.name, one.diagnostics) },
    }
  })
  const diagnostics = inOrder([...common, ...made.flatMap(each => each.made.diagnostics)])
  const all = made.flatMap(({ session, made: one }): readonly Made[] =>
    one.values === null || one.text === null
      ? []
      : [{ session, made: one, values: one.values, total: totalOf(session, one, options) }],
  )
  if (all.length < sessions.length) return { text: null, each: [], diagnostics }
  const each = all.map(({ session, made: { text } }) => ({ name: session.configuration.name, text: text ?? '' }))
  return { text: together(all, options, common), each, diagnostics }
}

function together(all: readonly Made[], options: PrintedOptions, common: readonly Diagnostic[]): string {
  const texts = all.map(({ made: { text } }) => text ?? '')
  switch (options.format) {
    case 'json':
      return printJson(allJson(all, options, common))
    case 'html':
      return report({ command: 'generate', document: allJson(all, options, common), yaml })
    case 'can-i':
      return canITogether(all.map(({ session }, at) => ({ name: session.configuration.name, script: texts[at] ?? '' })))
    case 'manifests':
      return texts.join('---\n')
    default:
      return valuesTogether(all)
  }
}

/** The frozen shape of `--format json` for several configurations. */
const allJson = (all: readonly Made[], options: PrintedOptions, common: readonly Diagnostic[]): GenerateAllJson => ({
  version: 1,
  analyzer: program,
  totals: totalsJson(all.map(({ total }) => total)),
  configurations: all.map(({ session, made, values }) => ({
    name: session.configuration.name,
    ...documentJson(session, options, { plan: made.plan, values, diagnostics: made.diagnostics }),
  })),
  diagnostics: common.map(diagnosticJson),
})

/** What goes to one place of the input is one document; the first has the totals above it. */
function valuesTogether(all: readonly Made[]): string {
  const [first] = all
  if (first === undefined) return ''
  const shared = all.every(({ values }) =>
    equalJson(values.header.versions as string[], first.values.header.versions as string[]),
  )
  const table = tableLines(totalsTable(all.map(({ total }) => total)))
  const above = [
    all.length === 1 ? first.values.header.title : `What these ${all.length} Alloy configurations need, by ${tool}.`,
    ...(shared ? first.values.header.versions : []),
    ...table,
  ]
  return groupsOf(all)
    .map((group, at) => valuesDocument(group, { above: at === 0 ? above : [], shared }))
    .join('---\n')
}

/** Documents that take several configurations, unless what they all set collides. */
function groupsOf(all: readonly Made[]): readonly (readonly Made[])[] {
  const groups = new Map<string, Made[]>()
  for (const each of all) {
    const key = `${each.values.place.form}\0${each.values.place.document}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  // What is to be added somewhere by its reader comes last: Helm reads the first document of a file, and no other.
  const last = (group: readonly Made[]): number => (group[0]?.values.place.form === 'text' ? 1 : 0)
  const ordered = [...groups.values()].sort((a, b) => last(a) - last(b))
  return ordered.flatMap(group => (isOne(group) ? [group] : group.map(each => [each])))
}

function isOne(group: readonly Made[]): boolean {
  const whole = treeOf(group)
  const places = new Set(group.map(({ values }) => JSON.stringify(placeIn(values))))
  return (
    places.size === group.length &&
    group.every(({ values: { values, obligation } }) =>
      equalJson(unnestValues(whole, obligation.nesting) ?? {}, unnestValues(values, obligation.nesting) ?? {}),
    )
  )
}

const treeOf = (group: readonly Made[]): JsonMap =>
  group.reduce<JsonMap>((whole, { values }) => mergeMaps(whole, values.values), {})

/** Where in its document the chart of a configuration is. */
const placeIn = ({ obligation: { nesting } }: ProvedValues): Path => [...(nesting.base ?? []), ...nesting.at]

function valuesDocument(
  group: readonly Made[],
  { above, shared }: { readonly above: readonly string[]; readonly shared: boolean },
): string {
  const goesTo = new Set(group.flatMap(({ values }) => values.header.goesTo ?? []))
  const alone = group.length === 1
  const linesOf = ({ session, values: { header } }: Made): readonly string[] => [
    `${session.configuration.name || 'The configuration'}:`,
    ...headerLines({ ...header, title: '', versions: shared ? [] : header.versions, goesTo: null }).slice(1),
  ]
  const text = writeYaml(treeOf(group), {
    header: [...above, ...goesTo, ...(alone ? group.flatMap(linesOf) : [])],
    remarks: [
      ...(alone ? [] : group.map(each => ({ path: placeIn(each.values), lines: linesOf(each) }))),
      ...group.flatMap(({ values }) => values.remarks),
    ],
    apart: sections,
  })
  if (!alone) for (const { values } of group) proveValues(text, values.obligation)
  return text
}
