import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Grant } from '../kubernetes/grant.ts'
import type { PlannedGrant } from '../plan/reduce.ts'
import type { Explanation } from '../reports/explain/explain.ts'
import type { PassedObjects, Reason } from '../rules/requirement.ts'
import { inertJson } from '../text/inert.ts'
import type { BareGrantJson, DiagnosticJson, GrantJson, ReasonJson } from './documents/common.ts'
import type { DiagnosticsJson } from './documents/diagnostics.ts'
import type { ExplainJson } from './documents/explain.ts'
import { placeOf, rangeOf } from './places.ts'

/** A grant as the frozen shape of `--format json` has it. */
export function grantJson({ grant, certainty, reasons }: PlannedGrant): GrantJson {
  return { ...bareGrant(grant), certainty, reasons: reasons.map(reasonJson) }
}

/** A grant without its reasons. */
export function bareGrant(grant: Grant): BareGrantJson {
  if (grant.kind === 'url') return { url: grant.url, verb: grant.verb }
  const { namespace, group, resource, name, verb } = grant
  return { namespace, apiGroup: group, resource, name, verb }
}

/** A reason, with the place of the block that it names. */
export function reasonJson({ component, rule, span, evidence, objects }: Reason): ReasonJson {
  const { path, line, column } = placeOf(span)
  return { component, rule, path, line, column, evidence, ...(objects && { objects: objectsJson(objects) }) }
}

/** The objects of the cluster that a need was narrowed to. */
export const objectsJson = ({ count, complete, by }: PassedObjects): PassedObjects => ({ count, complete, by })

/** A diagnostic; what has no place in a text has no path, line and column. */
export function diagnosticJson({ code, severity, message, help, span, related }: Diagnostic): DiagnosticJson {
  return {
    code,
    severity,
    message,
    ...(help === null ? {} : { help }),
    ...(span === null ? {} : rangeOf(span)),
    ...(related.length === 0 ? {} : { related: related.map(({ span: at, text }) => ({ text, ...rangeOf(at) })) }),
  }
}

/** Diagnostics alone, plan or not. */
export const diagnosticsJson = (diagnostics: readonly Diagnostic[]): string =>
  printJson({ version: 1, diagnostics: diagnostics.map(diagnosticJson) } satisfies DiagnosticsJson)

/** What is known of a component, a grant, a rule or a code. */
export const explanationJson = (explanation: Explanation): string =>
  printJson({ version: 1, ...explanation } satisfies ExplainJson)

/** Every JSON document of the program is written like this. */
export const printJson = (document: unknown): string => `${inertJson(JSON.stringify(document, null, 2))}\n`
