// npm run forms -- HELM CHARTS RENDERED.yaml…: passes every Alloy resource of renderings of k8s-monitoring as what it is, as a HelmRelease
// and as an Application, merges what generate prints as the tool of each would, renders the grafana/alloy chart with real Helm, and checks
// the result. CHARTS has a folder for each release of the chart. Ends with 1 when one does not hold.
import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { chartVersions } from '../src/chart/release/releases.ts'
import { type Collector, forms } from './forms/forms.ts'
import { heldBy } from './forms/held-by.ts'

const [helm, charts, ...renderings] = process.argv.slice(2)
if (!helm || !charts || renderings.length === 0) throw new Error('usage: npm run forms -- HELM CHARTS RENDERED.yaml…')
const chart = chartVersions.at(-1)
if (chart === undefined) throw new Error('no chart is known')

let [held, all] = [0, 0]
for (const path of renderings) {
  const objects = parseAllDocuments(readFileSync(path, 'utf8')).map(each => each.toJS() as Collector | null)
  // Without the labels, which say that k8s-monitoring rendered them: here they are someone's own.
  const configMaps = objects.flatMap(each =>
    each?.kind === 'ConfigMap' ? [{ ...each, metadata: { ...each.metadata, labels: {} } }] : [],
  )
  for (const collector of objects.filter(each => each?.kind === 'Alloy')) {
    if (collector === null) continue
    for (const [name, form] of Object.entries(forms)) {
      const fault = heldBy(form, { collector, configMaps, helm, chart, folder: `${charts}/${chart}` })
      all += 1
      if (fault === null) held += 1
      else console.log(`${path} ${collector.metadata.name} as ${name}: ${fault}`)
    }
  }
}
console.log(`${held} of ${all} hold`)
if (held < all) process.exitCode = 1
