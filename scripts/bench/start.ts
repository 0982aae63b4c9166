import { execFileSync, spawnSync } from 'node:child_process'
import { inTurn, type Line, median, number, type Row, ratio, row } from './measure.ts'

const rounds = 21

/** The cold command beside Node alone and, where they are available, beside Helm rendering the chart. */
export function starts(root: string, bin: string): readonly Row[] {
  const chart = process.env['CHART']
  const helm = process.env['HELM'] ?? 'helm'
  const hasHelm = chart !== undefined && spawnSync(helm, ['version']).status === 0
  const lines: readonly Line[] = [
    [process.execPath, '-e', '0'],
    [process.execPath, bin, 'generate', 'examples/kubernetes-logs', '--quiet'],
    ...(hasHelm ? [[helm, 'template', 'alloy', chart] as const] : []),
  ]
  const [bare = [], generate = [], template = []] = inTurn(rounds, lines, root)
  return [
    row('`node -e 0`', `${number(median(bare))} ms`),
    row('`generate`, cold', `${number(median(generate))} ms`),
    row('… against `node -e 0`', `${number(ratio(generate, bare))} times`, '≤ 1.8 times'),
    ...(hasHelm
      ? [
          row('`helm template` of the chart', `${number(median(template))} ms`),
          row('`generate`, cold, against it', `${number(ratio(generate, template))} times`),
        ]
      : []),
  ]
}

/** The most memory that the command treats as a file, in bytes. */
export function peak(bin: string, file: string): number {
  const line = [process.execPath, bin, 'generate', file, '-o', '/dev/null', '--quiet']
  const script = `process.argv = ${JSON.stringify(line)}; await import(process.argv[1]); console.log(process.resourceUsage().maxRSS)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString()) * 1024
}
