import { program } from '#rulemap/program'
import type { Outcome } from '../../diagnostic/diagnostic.ts'
import { decodeText } from '../../input/text.ts'
import { sarifOfFailure } from '../../render/check/sarif.ts'
import { printJson } from '../../render/json.ts'
import { baselineOf, withBaseline } from '../../reports/check/baseline/baseline.ts'
import { type Baseline, readBaseline } from '../../reports/check/baseline/read-baseline.ts'
import { reaches } from '../../reports/check/finding.ts'
import { type CheckReport, statusOf } from '../../reports/check/report.ts'
import { checkDocument, checkInput, diagnosticsOf } from '../../session/check-input.ts'
import { exit, Unreadable } from '../exit.ts'
import { placeOf, readFile, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { CheckOptions } from '../options.ts'
import { refuseOverwriting } from '../outputs.ts'
import { type Shown, write, writeDiagnostics, writeDocument, writeDocuments } from '../report.ts'

/** `alloy-rbac check`: compares what a deployment grants with what it needs. */
export function check(paths: readonly string[], options: CheckOptions, io: Io): number {
  try {
    return checked(paths, options, io)
  } catch (error) {
    // A later step that uploads the log finds one, which says what went wrong.
    if (error instanceof Unreadable) writeFailure(error.message, options, io)
    throw error
  }
}

function writeFailure(message: string, options: CheckOptions, io: Io): void {
  const text = sarifOfFailure(program, message)
  const also = options.also.get('sarif')
  if (also !== undefined) write(also, text, io)
  if (options.format === 'sarif') writeDocument(text, options, io)
}

function checked(paths: readonly string[], options: CheckOptions, io: Io): number {
  const report = checkInput(readInputs(paths, options, io), options, placeOf(io))
  const baseline = options.baseline === undefined ? null : readBaselineFile(options.baseline, io)
  const today = options.today ?? io.today()
  const { writeBaseline: path } = options
  if (path === undefined || baseline?.value === null || statusOf(report, 'error') === 'no-plan')
    return print(baseline === null ? report : withBaseline(report, baseline, today), options, io)
  const text = printJson(baselineOf(report, options.failOn, baseline?.value?.entries ?? []))
  refuseOverwriting(options, io)
  write(path, text, io)
  return print(withBaseline(report, readBaseline({ path, text }), today), options, io)
}

function readBaselineFile(path: string, io: Io): Outcome<Baseline | null> {
  const { value: source, diagnostics } = decodeText(path, readFile(path, io))
  return source === null ? { value: null, diagnostics } : readBaseline(source)
}

function print(report: CheckReport, options: CheckOptions, io: Io): number {
  const failOn = options.strict && options.failOn === 'error' ? 'warning' : options.failOn
  writeDiagnostics(diagnosticsOf(report), options, io)
  const notes = options.quiet !== true || reaches('note', failOn)
  const make = ({ format, color }: Shown<CheckOptions['format']>): string =>
    checkDocument(report, { format, failOn, color, notes })
  writeDocuments({ make, diagnostics: diagnosticsOf(report) }, options, io)
  return { clean: exit.done, findings: exit.fault, 'no-plan': exit.failure }[statusOf(report, failOn)]
}
