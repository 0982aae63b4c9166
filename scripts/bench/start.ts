import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { inTurn, type Line, number, peak, printed, type Row, ratio, row, shown, timeOf, typicalOf } from './measure.ts'

const rounds = 11

/** The cold command beside Node alone and, where they are available, beside Helm rendering the chart. */
export function starts(root: string, bin: string): readonly Row[] {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-bench-`)
  try {
    return [...besideNode(root, bin), ...besideHelm(root, bin, folder)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const node = (args: readonly string[], certificates?: string): Line => ({
  program: process.execPath,
  args,
  env: { NODE_EXTRA_CA_CERTS: certificates },
})

/** Node reads extra certificates at every start, whatever it runs: so the command is compared with and without. */
function besideNode(root: string, bin: string): readonly Row[] {
  const generate = [bin, 'generate', 'examples/kubernetes-logs', '--quiet']
  const certificates = process.env['NODE_EXTRA_CA_CERTS']
  const lines = [node(['-e', '0']), node(generate)]
  const more = certificates === undefined ? [] : [node(['-e', '0'], certificates), node(generate, certificates)]
  const [bare = [], own = [], bareMore, ownMore] = inTurn(rounds, [...lines, ...more], root)
  return [
    row('`node -e 0`', shown(typicalOf(bare))),
    row('`generate` of an example, cold', shown(typicalOf(own))),
    row('`generate` of an example, cold, against `node -e 0`', ratio(own, bare), '≤ 3.2 times'),
    ...(bareMore && ownMore
      ? [row('… both with extra CA certificates', ratio(ownMore, bareMore), '≤ 1.75 times')]
      : []),
  ]
}

function besideHelm(root: string, bin: string, folder: string): readonly Row[] {
  const { CHART: chart, HELM: helm = 'helm' } = process.env
  if (chart === undefined || spawnSync(helm, ['version']).status !== 0) return []
  const template = ['template', 'alloy', chart]
  const rendered = `${folder}/chart.yaml`
  writeFileSync(rendered, printed(helm, template))
  const lines = [
    { program: helm, args: template },
    node([bin, 'generate', 'examples/kubernetes-logs', '--quiet']),
    node([bin, 'check', rendered]),
  ]
  const [helms = [], generate = [], check = []] = inTurn(rounds, lines, root)
  return [
    row('`helm template` of the chart', shown(typicalOf(helms))),
    row('`generate` of an example, cold, against `helm template`', ratio(generate, helms), '≤ 1.35 times'),
    row('`check` of the rendered chart, cold, against `helm template`', ratio(check, helms), '≤ 1.9 times'),
  ]
}

/** One run over all renderings of a folder, which RENDERINGS names. */
export function renderings(root: string, bin: string): readonly Row[] {
  const folder = process.env['RENDERINGS']
  if (folder === undefined) return []
  const count = readdirSync(folder).length
  const args = ['check', folder, '--quiet']
  const times = Array.from({ length: 3 }, () => timeOf(node([bin, ...args]), root))
  const memory = `${number(peak(bin, args))} MiB`
  return [
    row(`\`check\` of ${count} renderings in one run`, shown(typicalOf(times)), '≤ 3 s'),
    row('… memory', [memory, memory], '≤ 250 MiB'),
  ]
}
