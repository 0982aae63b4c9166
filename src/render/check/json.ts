import { type CheckReport, type HeldGrant, type Report, statusOf } from '../../check/finding.ts'
import type { Severity } from '../../diagnostic/catalog.ts'
import { bareGrant, diagnosticJson, grantJson, printJson } from '../json.ts'
import { placeOf } from '../places.ts'

/** The frozen shape of `check --format json`. */
export function checkJson(report: CheckReport, failOn: Severity): string {
  return printJson({
    version: 1,
    analyzer: report.analyzer,
    target: report.target,
    status: statusOf(report, failOn),
    workloads: report.workloads.map(workloadJson),
    diagnostics: report.findings.map(({ diagnostic }) => diagnosticJson(diagnostic)),
  })
}

function workloadJson({ name, verdict, findings }: Report): object {
  return {
    name,
    complete: verdict?.complete ?? false,
    missing: (verdict?.missing ?? []).map(grantJson),
    excess: (verdict?.excess ?? []).map(heldJson),
    phantom: (verdict?.phantom ?? []).map(heldJson),
    pod: verdict?.pod ?? { missing: [], excess: [] },
    diagnostics: findings.map(({ diagnostic }) => diagnosticJson(diagnostic)),
  }
}

function heldJson({ grant, role, index, span }: HeldGrant): object {
  const { path, line, column } = placeOf(span)
  return { ...bareGrant(grant), certainty: 'certain', reasons: [{ role, index, path, line, column }] }
}
