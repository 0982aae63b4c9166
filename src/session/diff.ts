import { program } from '#rulemap/program'
import type { Difference } from '../chart/rbac/difference.ts'
import { about, type Diagnostic, inOrder } from '../diagnostic/diagnostic.ts'
import { isClosed } from '../plan/plan.ts'
import { diffJson, diffText, podDiffJson } from '../render/diff.ts'
import { diffMarkdown } from '../render/diff-markdown.ts'
import type { DiffAllJson, DiffJson } from '../render/documents/diff.ts'
import { flowJson } from '../render/flow.ts'
import { report } from '../render/html/report.ts'
import { diagnosticJson, grantJson, printJson } from '../render/json.ts'
import { boundedMarkdown, markdownText } from '../render/markdown.ts'
import { tableLines, tableMarkdown } from '../render/table.ts'
import { podDifference } from '../reports/check/pod/pod-difference.ts'
import { inert } from '../text/inert.ts'
import { type Document, differenceOf, targetJson, widened, yaml } from './generate.ts'
import type { OneOfAll } from './open-all.ts'
import type { DocumentOptions } from './options.ts'
import { provedValues } from './proved-values.ts'
import type { Session } from './session.ts'

/** How a difference is shown. */
export interface DiffOptions extends DocumentOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly color: boolean
}

/** A difference with its document. */
interface MadeDifference extends Document {
  /** Null beside an error. */
  readonly found: Difference | null
  readonly json: DiffJson | null
}

/** The chart's defaults against what a session's configuration needs. */
export function diffOf(session: Session, options: DiffOptions, before: readonly Diagnostic[]): MadeDifference {
  const { plan, diagnostics: said } = widened(session, options)
  const { release, target } = session
  // Without nesting: the defaults that they are compared with have none.
  const whole = provedValues(plan, session, { ...options, at: '' })
  const rules = provedValues(plan, session, { ...options, only: 'rbac', at: '' }).document
  const diagnostics = inOrder([...before, ...said, ...whole.diagnostics])
  if (whole.document === null || rules === null) return { text: null, diagnostics, found: null, json: null }
  const found = differenceOf(plan, session)
  const { pod: wanted, security } = whole.document
  const pod =
    wanted === null || security === null
      ? null
      : podDifference(release, wanted, { level: security.level, kubernetes: target.kubernetes })
  const json: DiffJson = {
    version: 1,
    analyzer: program,
    target: targetJson(session),
    complete: isClosed(plan),
    grants: plan.grants.map(grantJson),
    flow: flowJson(session),
    ...diffJson(found),
    ...(pod !== null && { pod: podDiffJson(pod) }),
    diagnostics: diagnostics.map(diagnosticJson),
  }
  const text = {
    json: () => printJson(json),
    html: () => report({ command: 'diff', document: json, yaml }),
    markdown: () => diffMarkdown(found, { values: rules.text, pod }),
    text: () => diffText(found, { values: rules.text, color: options.color, pod }),
  }[options.format]()
  return { text, diagnostics, found, json }
}

/** The same for several configurations: totals, then each. */
export function diffsOf(sessions: readonly OneOfAll[], options: DiffOptions, common: readonly Diagnostic[]): Document {
  const made = sessions.map(session => ({
    name: session.configuration.name,
    ...diffOf(session, options, session.said),
  }))
  const diagnostics = inOrder([...common, ...made.flatMap(each => about(each.name, each.diagnostics))])
  const differences = made.flatMap(({ found }) => found ?? [])
  if (differences.length < made.length) return { text: null, diagnostics }
  if (options.format === 'json' || options.format === 'html') {
    const totals = { configurations: made.length, ...countsOf(differences) }
    const configurations = made.flatMap(({ name, json }) => (json === null ? [] : [{ name, ...json }]))
    const document: DiffAllJson = {
      version: 1,
      analyzer: program,
      totals,
      configurations,
      diagnostics: common.map(diagnosticJson),
    }
    const text = options.format === 'json' ? printJson(document) : report({ command: 'diff', document, yaml })
    return { text, diagnostics }
  }
  const table = {
    titles: ['configuration', ...counted],
    rows: [
      ...made.map(({ name, found }) => [name, ...cellsOf(found === null ? [] : [found])]),
      [`all ${made.length}`, ...cellsOf(differences)],
    ],
  }
  if (options.format === 'text') {
    const parts = made.map(({ name, text }) => `${inert(name)}\n\n${text ?? ''}`)
    return { text: [`${tableLines(table).join('\n')}\n`, ...parts].join('\n'), diagnostics }
  }
  const folded = made.map(
    ({ name, text }) => `<details><summary>${markdownText(name)}</summary>\n\n${(text ?? '').trimEnd()}\n\n</details>`,
  )
  return { text: boundedMarkdown(["### Alloy's permissions", tableMarkdown(table)], folded), diagnostics }
}

/** What is counted of a difference: grants by default, and how they compare with those that are needed. */
const counted = ['defaults', 'needed', 'excess', 'phantom', 'missing'] as const

type Counts = Readonly<Record<(typeof counted)[number], number>>

function countsOf(differences: readonly Difference[]): Counts {
  const count = (key: keyof Counts): number => differences.reduce((sum, each) => sum + each[key].length, 0)
  return {
    defaults: count('defaults'),
    needed: count('needed'),
    excess: count('excess'),
    phantom: count('phantom'),
    missing: count('missing'),
  }
}

function cellsOf(differences: readonly Difference[]): readonly string[] {
  const counts = countsOf(differences)
  return counted.map(key => `${counts[key]}`)
}
