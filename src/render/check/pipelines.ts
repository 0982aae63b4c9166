import { grantLines } from '../../kubernetes/grant.ts'
import type { CollectorReport, PipelineReport } from '../../reports/check/pipelines.ts'
import type { PipelineJson } from '../documents/check.ts'
import { grantJson } from '../json.ts'
import type { Table } from '../table.ts'

/** Which workloads load each remote pipeline, and what it is denied there: a row each. */
export function pipelinesTable(pipelines: readonly PipelineReport[]): Table {
  return {
    titles: ['pipeline', 'loaded by', 'denied'],
    rows: pipelines.flatMap(({ name, collectors }) =>
      collectors.length === 0
        ? [[name, 'no workload of the input', '']]
        : collectors.map(each => [name, loadedBy(each), deniedThere(each)]),
    ),
  }
}

const loadedBy = ({ name, certain }: CollectorReport): string =>
  `${name === '' ? 'the configuration' : name}${certain ? '' : ' (perhaps)'}`

function deniedThere({ denied }: CollectorReport): string {
  if (denied === null) return 'no verdict'
  const lines = [...grantLines(denied.grants.map(({ grant }) => grant)), ...denied.privileges]
  return lines.join(' · ') || 'nothing'
}

/** The same for `check --format json`. */
export const pipelineJson = ({ name, collectors }: PipelineReport): PipelineJson => ({
  name,
  collectors: collectors.map(({ name: workload, certain, denied }) => ({
    workload,
    certainty: certain ? 'certain' : 'assumed',
    denied: denied && { grants: denied.grants.map(grantJson), privileges: denied.privileges },
  })),
})
