import type { Difference } from '../chart/rbac/difference.ts'
import { grantLines } from '../kubernetes/grant.ts'
import type { PodDifference } from '../reports/check/pod/pod-difference.ts'
import { byRisk, neededLines, neededPrivileges, patch, podSummary, privilegeLines, summary, warnings } from './diff.ts'
import { fence, markdownCode } from './markdown.ts'

/** The difference as a comment for a pull request: the numbers, what is too much by severity, the rest folded away. */
export function diffMarkdown(
  found: Difference,
  { values, pod }: { readonly values: string; readonly pod: PodDifference | null },
): string {
  const { release, needed, excess, phantom, missing } = found
  const risky = byRisk(excess).filter(({ sentence }) => sentence !== null)
  const rest = byRisk(excess).filter(({ sentence }) => sentence === null)
  const blocks = [
    `### Alloy's permissions, chart grafana/alloy ${release.version}`,
    `Grants: ${summary(found)}.`,
    ...warnings(found).map(line => `**${line}**`),
    ...(risky.length === 0
      ? []
      : [
          'Granted by default but not needed:',
          ['| grants | what they allow |', '| --- | --- |', ...risky.map(row)].join('\n'),
        ]),
    ...(missing.length === 0
      ? []
      : ['Needed but not granted by default:', fence(grantLines(missing.map(({ grant }) => grant)))]),
    ...folded('Needed', neededLines(needed)),
    ...folded(
      'Granted by default but not needed, low risk',
      rest.flatMap(({ lines }) => lines),
    ),
    ...folded('Phantom: granted by default on resources that no API serves', grantLines(phantom)),
    ...folded('Values', patch(found, values), 'diff'),
    ...(pod === null ? [] : podBlocks(pod)),
  ]
  return `${blocks.join('\n\n')}\n`
}

function podBlocks(pod: PodDifference): readonly string[] {
  const { needed, excess, missing } = pod
  return [
    `Privileges: ${podSummary(pod)}.`,
    ...(missing.length === 0 ? [] : ['Needed but not given by default:', fence(privilegeLines(missing))]),
    ...folded('Needed by the pod', neededPrivileges(needed)),
    ...folded('Given by default but not needed', privilegeLines(excess)),
  ]
}

function row({ sentence, lines }: { readonly sentence: string | null; readonly lines: readonly string[] }): string {
  return `| ${lines.map(markdownCode).join('<br>')} | ${sentence ?? ''} |`
}

function folded(title: string, lines: readonly string[], language = ''): readonly string[] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, fence(lines, language), '</details>']
}
