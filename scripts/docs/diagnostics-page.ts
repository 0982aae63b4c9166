import { type Code, codes, entryOf } from '../../src/diagnostic/catalog.ts'
import { explain } from '../../src/reports/explain/explain.ts'
import type { DiagnosticNotes } from '../diagnostics.ts'
import { framesOf, runExample } from './examples.ts'
import { code, fence, generatedFrom, page, table } from './markdown.ts'

const languages: Readonly<Record<string, string>> = { alloy: 'alloy', yaml: 'yaml', json: 'json' }

/** Every code with what it means, what to do, and an example that was run: docs/diagnostics.md. */
export async function diagnosticsPage(notes: ReadonlyMap<Code, DiagnosticNotes>): Promise<string> {
  const stages = new Map<string, string[]>()
  for (const each of codes) {
    const { stage } = explained(each)
    stages.set(stage, [...(stages.get(stage) ?? []), await section(each, notes.get(each)!)])
  }
  return page([
    generatedFrom('src/diagnostic/catalog/ and docs/diagnostics.yaml; the examples are run'),
    '# Diagnostics',
    intro,
    table(
      ['code', 'severity', 'name'],
      codes.map(each => [`[${each}](#${each.toLowerCase()})`, entryOf(each).severity, entryOf(each).name]),
    ),
    ...[...stages].flatMap(([stage, sections]) => [`## ${stage[0]!.toUpperCase()}${stage.slice(1)}`, ...sections]),
  ])
}

const intro = `Everything that \`alloy-rbac\` can say, with an example that says it. \`alloy-rbac explain CODE\` prints the same text. Codes are never reused.

- **error**: there is no plan, because it would be wrong or too small. For \`check\`: Alloy will be denied something, or there is no verdict.
- **warning**: the plan is right, and the deployment is not: it grants more than is needed, or will not start as it stands. \`--strict\` makes it an error.
- **note**: the plan is right and safe, and perhaps wider than needed. \`--quiet\` hides it.`

function explained(wanted: Code) {
  const found = explain(wanted)
  if (found.kind !== 'code') throw new Error(`${wanted} is not explained`)
  return found
}

async function section(wanted: Code, { example }: DiagnosticNotes): Promise<string> {
  const { severity, name, help, notes } = explained(wanted)
  const blocks = [
    `### ${wanted}`,
    `${code(name)}, ${severity}. ${notes.means}`,
    ...(notes.remedy === undefined ? [] : [notes.remedy]),
    ...(help === null ? [] : [`Help: ${help}.`.replace(/\.\.$/, '.')]),
  ]
  if ('never' in example) return [...blocks, `Not covered: ${notes.never}.`].join('\n\n')
  const [frame] = framesOf(wanted, await runExample(example))
  if (frame === undefined) throw new Error(`the example of ${wanted} in docs/diagnostics.yaml does not produce it`)
  return [
    ...blocks,
    ...(notes.files ?? []).map(({ path, text }) => `${code(path)}:\n\n${fence(text, languageOf(path))}`),
    fence(`$ ${notes.command}\n${frame}`, 'text'),
  ].join('\n\n')
}

const languageOf = (path: string): string => languages[path.slice(path.lastIndexOf('.') + 1)] ?? 'text'
