import type { Plan } from '../../plan/plan.ts'
import { privilegeLine } from '../../plan/privilege.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import type { LoadedPipeline } from '../../remote/load.ts'
import type { Reason } from '../../rules/requirement.ts'
import type { Verdict } from './verdict.ts'

/** What a remote pipeline meets at the workloads that load it. */
export interface PipelineReport {
  readonly name: string
  readonly collectors: readonly CollectorReport[]
}

/** What a workload denies a pipeline that it loads. */
export interface CollectorReport {
  readonly name: string
  /** Whether it loads the pipeline for certain, or may. */
  readonly certain: boolean
  /** Null where there is no verdict. */
  readonly denied: { readonly grants: readonly PlannedGrant[]; readonly privileges: readonly string[] } | null
}

/** A workload with what was found of it. */
export interface JudgedWorkload {
  readonly name: string
  readonly pipelines: readonly LoadedPipeline[]
  readonly plan: Plan
  readonly verdict: Verdict | null
}

/** Turns what is found of workloads into what is found of pipelines, in the order in which these were passed. */
export function pipelineReports(
  names: readonly string[],
  judged: readonly JudgedWorkload[],
): readonly PipelineReport[] {
  return [...new Set(names)].map(name => ({
    name,
    collectors: judged.flatMap(workload => {
      const loaded = workload.pipelines.filter(each => each.name === name)
      return loaded.length === 0 ? [] : [collectorReport(name, loaded, workload)]
    }),
  }))
}

function collectorReport(
  pipeline: string,
  loaded: readonly LoadedPipeline[],
  { name, plan, verdict }: JudgedWorkload,
): CollectorReport {
  const isOwn = ({ component }: Reason): boolean => component.startsWith(`remote:${pipeline}/`)
  const asked = plan.privileges
    .filter(({ reasons }) => reasons.some(isOwn))
    .map(({ privilege }) => privilegeLine(privilege))
  return {
    name,
    certain: loaded.some(({ certain }) => certain),
    denied: verdict && {
      grants: verdict.missing
        .filter(({ reasons }) => reasons.some(isOwn))
        .map(each => ({ ...each, reasons: each.reasons.filter(isOwn) })),
      privileges: verdict.pod.missing.filter(line => asked.includes(line)),
    },
  }
}
