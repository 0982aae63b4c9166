import type { Severity } from '../../diagnostic/entry.ts'
import { grantCount, type HeldGrant } from '../../reports/check/finding.ts'
import { type AcceptedFinding, type CheckReport, statusOf } from '../../reports/check/report.ts'
import type { Report, Verdict } from '../../reports/check/verdict.ts'
import type { AcceptedJson, CheckJson, CheckTotalsJson, HoldsJson, WorkloadJson } from '../documents/check.ts'
import type { GrantJson, RoleReasonJson } from '../documents/common.ts'
import { bareGrant, diagnosticJson, grantJson } from '../json.ts'
import { placeOf } from '../places.ts'
import { pipelineJson } from './pipelines.ts'

/** The frozen shape of `check --format json`. */
export function checkJson(report: CheckReport, failOn: Severity): CheckJson {
  return {
    version: 1,
    analyzer: report.analyzer,
    target: report.target,
    status: statusOf(report, failOn),
    totals: totalsOf(report),
    ...(report.accepted && {
      baseline: { path: report.accepted.by, accepted: report.accepted.findings.map(acceptedJson) },
    }),
    workloads: report.workloads.map(workloadJson),
    ...(report.pipelines && { pipelines: report.pipelines.map(pipelineJson) }),
    diagnostics: report.findings.map(({ diagnostic }) => diagnosticJson(diagnostic)),
  }
}

/** What all workloads with a verdict have and need together. */
function totalsOf({ workloads }: CheckReport): CheckTotalsJson {
  const verdicts = workloads.flatMap(({ verdict }) => verdict ?? [])
  const sum = (count: (verdict: Verdict) => number): number => verdicts.reduce((total, each) => total + count(each), 0)
  return {
    workloads: workloads.length,
    granted: sum(({ holds }) => holds.granted),
    needed: sum(({ needed }) => needed),
    missing: sum(({ missing }) => missing.length),
    excess: sum(({ excess }) => grantCount(excess)),
    phantom: sum(({ phantom }) => grantCount(phantom)),
    readAllSecrets: verdicts.filter(({ holds }) => holds.secrets.includes('cluster')).length,
    capabilities: sum(({ holds }) => holds.capabilities.length),
  }
}

function workloadJson({ name, verdict, findings }: Report): WorkloadJson {
  return {
    name,
    complete: verdict?.complete ?? false,
    holds: verdict && holdsJson(verdict),
    missing: (verdict?.missing ?? []).map(grantJson),
    excess: (verdict?.excess ?? []).map(heldJson),
    phantom: (verdict?.phantom ?? []).map(heldJson),
    pod: verdict?.pod ?? { missing: [], excess: [] },
    diagnostics: findings.map(({ diagnostic }) => diagnosticJson(diagnostic)),
  }
}

/** What a workload has as it is deployed, in numbers. */
function holdsJson({ holds: { granted, secrets, privileges, capabilities, level }, needed }: Verdict): HoldsJson {
  return {
    granted,
    needed,
    secrets,
    privileges: privileges.length,
    capabilities: capabilities.length,
    podSecurityStandard: level,
  }
}

function acceptedJson({ workload, finding, reason }: AcceptedFinding): AcceptedJson {
  return { workload, reason, finding: diagnosticJson(finding.diagnostic) }
}

function heldJson({ grant, role, index, span }: HeldGrant): GrantJson<RoleReasonJson> {
  const { path, line, column } = placeOf(span)
  return { ...bareGrant(grant), certainty: 'certain', reasons: [{ role, index, path, line, column }] }
}
