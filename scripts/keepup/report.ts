import type { ChangedArguments, ChangedFile } from './changes.ts'

/** A fact that has not been read, and how the file it was read in differs. */
export interface OpenFact {
  readonly component: string
  readonly key: string
  readonly line: string
  readonly diff: string
}

/** What a maintainer has to work off to take a release in. */
export interface Report {
  readonly alloy: { readonly from: string; readonly to: string }
  readonly chart: { readonly from: string; readonly to: string } | null
  /** New, gone, changed and unruled components, one line each. */
  readonly components: readonly string[]
  readonly arguments: readonly ChangedArguments[]
  readonly facts: readonly OpenFact[]
  readonly chartFiles: readonly ChangedFile[]
  /** Null: no discovery document was given. */
  readonly resources: readonly string[] | null
}

/** How many items of a report are open. */
export const openItems = (report: Report): number =>
  report.components.length +
  report.arguments.length +
  report.facts.length +
  report.chartFiles.length +
  (report.resources?.length ?? 0)

/** The report as a page with a box to tick for each item. */
export function markdownReport(report: Report): string {
  const { alloy, chart } = report
  return `${[
    `# Alloy ${alloy.from} to ${alloy.to}`,
    `${openItems(report)} items are open.`,
    ...section('Components', report.components.map(code)),
    ...section(
      'Arguments and blocks',
      report.arguments.map(({ folder, gained, lost }) =>
        [
          `${code(folder)}:`,
          ...gained.map(name => `new ${code(name)}`),
          ...lost.map(name => `gone ${code(name)}`),
        ].join(' '),
      ),
    ),
    ...section('Facts to read again', report.facts.map(withDiff)),
    ...(chart === null
      ? []
      : section(
          `Chart ${chart.from} to ${chart.to}`,
          report.chartFiles.map(({ path, diff }) => withDiff({ line: path, diff })),
        )),
    ...(report.resources === null
      ? []
      : section('Resources that rulemap/kubernetes.json lacks', report.resources.map(code))),
  ].join('\n\n')}\n`
}

const code = (text: string): string => `\`${text}\``

const section = (title: string, items: readonly string[]): readonly string[] => [
  `## ${title}`,
  items.length === 0 ? 'Nothing.' : items.map(item => `- [ ] ${item}`).join('\n'),
]

function withDiff({ line, diff }: { readonly line: string; readonly diff: string }): string {
  if (diff === '') return line
  const fence = '`'.repeat(Math.max(3, ...[...diff.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  const body = diff
    .trimEnd()
    .split('\n')
    .map(each => `  ${each}`)
  return [line, '', `  ${fence}diff`, ...body, `  ${fence}`].join('\n')
}
