import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Audit, AuditedRule } from '../../reports/audit/audit.ts'
import type { Usage } from '../../reports/audit/usages.ts'
import type { AuditAllJson, AuditedChartJson, AuditJson, TiersJson } from '../documents/audit-chart.ts'
import type { AnalyzerJson } from '../documents/common.ts'
import { bareGrant, diagnosticJson, printJson } from '../json.ts'
import { missingCondition, missingEvidence } from './audit-words.ts'

/** One audit for programs, or several. */
export function auditJson(
  audits: readonly Audit[],
  analyzer: AnalyzerJson,
  diagnostics: readonly Diagnostic[],
): string {
  const said = diagnostics.map(diagnosticJson)
  const charts = audits.map(oneJson)
  const [only] = charts
  const document: AuditJson | AuditAllJson =
    charts.length === 1 && only !== undefined
      ? { version: 1, analyzer, ...only, diagnostics: said }
      : { version: 1, analyzer, charts, diagnostics: said }
  return printJson(document)
}

function oneJson(found: Audit): AuditedChartJson {
  const { chart, defaults, rules, missing, additions } = found
  const { alloy, kubernetes } = chart.target
  return {
    name: chart.name,
    target: { alloy, chart: chart.release.version, kubernetes },
    file: chart.source?.path ?? null,
    at: chart.at,
    defaults,
    ...tiersJson(found),
    rules: rules.map(rule => ({ place: rule.place, comment: rule.comment, ...tiersJson(rule), left: rule.left })),
    missing: missing.map(need => ({
      grants: need.grants.map(bareGrant),
      components: need.components,
      rules: need.rules.map(({ rule }) => rule),
      condition: missingCondition(need),
      optional: need.isOptional,
      evidence: missingEvidence(need),
    })),
    additions: additions.map(each => ({
      components: each.components,
      rules: each.rules,
      missing: each.missing.map(bareGrant),
    })),
  }
}

const tiersJson = (found: Pick<AuditedRule, 'phantom' | 'unused' | 'wide' | 'usable' | 'configured'>): TiersJson => ({
  phantom: found.phantom.map(bareGrant),
  unused: found.unused.map(bareGrant),
  wide: found.wide.map(bareGrant),
  usable: found.usable.map(({ grant, components }: Usage) => ({ ...bareGrant(grant), components })),
  configured: found.configured?.map(bareGrant) ?? null,
})
