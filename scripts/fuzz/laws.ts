import { parse as parseYaml } from 'yaml'
import { hasError } from '../../src/diagnostic/diagnostic.ts'
import { readLog } from '../../src/reports/denied/log.ts'
import { outermost, type Span } from '../../src/source.ts'
import { parse } from '../../src/syntax/parse.ts'
import { command, type Ran } from '../../test/cli/io.ts'
import { holdAgain, holdAgreement, runOf, waysAgain } from './outputs.ts'
import type { Random } from './random.ts'
import { sizeOf, type Trial, type Violation } from './trial.ts'

/** What every input must keep to; the words of the report. */
export const laws = {
  bug: 'nothing is thrown and no invariant breaks',
  ends: 'every run ends within its budget',
  spans: 'every place lies in its text',
  error: 'there is an error exactly where there is no plan',
  same: 'the same input gives the same bytes',
  formats: 'every format of generate, diff and check renders and agrees',
  verifies: 'printed values parse and give what is needed, no more and no less',
  valid: 'what is made by the grammar and the inventory is accepted',
  denied: 'refusals are found in logs',
  inert: 'what is printed or written is shown and not obeyed',
  secret: 'no secret reaches an output',
  agree: 'the formats of a command agree on whether there is a document',
  again: 'a second run over the written file gives the same bytes',
  memory: 'no run needs more than 512 MiB of heap',
} as const

/** What must hold for every input. */
export type Law = keyof typeof laws

/** Counts how often each law was asked, and collects what broke it. */
export interface Verdict {
  readonly asked: Partial<Record<Law, number>>
  readonly violations: readonly Violation[]
}

/** A diagnostic as `--diagnostics` writes it. */
interface Said {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly path?: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** The parts of `check --format json` that are looked at. */
interface Checked {
  readonly status: string
  readonly workloads: readonly {
    readonly missing: readonly object[]
    readonly pod: { readonly missing: readonly string[] }
  }[]
}

/** Laws of whole runs that can be checked alone, and so more often in the same time. */
export const alone = ['inert', 'secret', 'agree', 'again', 'memory'] as const satisfies readonly Law[]

/** Runs a trial through the program and checks every law, or some of those that can be checked alone. */
export async function judge(trial: Trial, random: Random, some: readonly string[] = []): Promise<Verdict> {
  const asked: Partial<Record<Law, number>> = {}
  const violations: Violation[] = []
  const hold = (law: Law, holds: boolean, what: () => string): boolean => {
    asked[law] = (asked[law] ?? 0) + 1
    if (!holds) violations.push({ law, what: what() })
    return holds
  }
  try {
    await (some.length === 0 ? judgeWith(trial, random, hold) : judgeAlone(trial, random, some, hold))
  } catch (error) {
    hold('bug', false, () => (error instanceof Error ? (error.stack ?? error.message) : String(error)))
  }
  return { asked, violations }
}

/** Asks a law once. */
export type Hold = (law: Law, holds: boolean, what: () => string) => boolean

/** Two commands that print most, for the laws of outputs; the runs of the laws asked for. */
async function judgeAlone(trial: Trial, random: Random, some: readonly string[], hold: Hold): Promise<void> {
  // What takes long says no more of these laws than what is short.
  if (trial.log !== undefined || sizeOf(trial) > 10_000) return
  const run = runOf(trial, hold)
  if (some.includes('agree')) await holdAgreement(trial, run, random, hold)
  if (some.includes('again')) for (const again of waysAgain(trial)) await again(trial, run, hold)
  if (some.some(law => law === 'inert' || law === 'secret' || law === 'memory'))
    for (const [name = '', ...words] of [random.pick(commands), random.pick(commands)])
      await run([name, ...trial.inputs, ...trial.options, ...words, '--diagnostics', 'said.json'])
}

async function judgeWith(trial: Trial, random: Random, hold: Hold): Promise<void> {
  if (trial.log !== undefined) {
    hold(
      'denied',
      readLog('alloy.log', [new TextEncoder().encode(trial.log)]).denials.every(
        ({ span: { source, start, end }, count }) => start < end && end <= source.text.length && count > 0,
      ),
      () => 'a place beyond the log',
    )
    return
  }
  for (const [path, text] of Object.entries(trial.files))
    if (typeof text === 'string' && path.endsWith('.alloy')) holdSpans(path, text, hold)

  const run = runOf(trial, hold)
  const json = await run([
    'generate',
    ...trial.inputs,
    ...trial.options,
    '--format',
    'json',
    '--diagnostics',
    'said.json',
  ])
  if (!hold('bug', isSound(json), () => json.stderr)) return
  if (json.code === 2) return
  const said = JSON.parse(json.written.get('/work/said.json') ?? '{"diagnostics":[]}') as {
    diagnostics: readonly Said[]
  }
  holdPlaces(said.diagnostics, trial, hold)
  holdErrors(json, said.diagnostics, trial, hold)
  if (random.chance(0.2)) {
    const again = await run([
      'generate',
      ...trial.inputs,
      ...trial.options,
      '--format',
      'json',
      '--diagnostics',
      'said.json',
    ])
    hold(
      'same',
      again.stdout === json.stdout && again.written.get('/work/said.json') === json.written.get('/work/said.json'),
      () => 'two runs differ',
    )
  }
  const errors = said.diagnostics.filter(({ severity }) => severity === 'error')
  const rightsStand = errors.every(({ code }) => ofSomeDocuments.has(code))
  await holdFormats(trial, { code: json.code, rightsStand, run }, random, hold)
  await holdAgreement(trial, run, random, hold)
  if (json.code === 0) await holdAgain(trial, run, random, hold)
  const isPlain = trial.inputs.every(name => name.endsWith('.alloy') && !String(trial.files[name]).includes('{{'))
  if (json.code === 0 && isPlain && random.chance(0.4)) await holdVerifies(trial, hold)
}

const isSound = ({ code, stderr }: Ran): boolean => code !== 3 && !stderr.includes('this is a bug')

/** The parser's own places, before anything maps them. */
function holdSpans(path: string, text: string, hold: Hold): void {
  const { value, diagnostics } = parse({ path, text })
  hold('error', (value === null) === hasError(diagnostics), () => 'parse: a tree beside an error, or neither')
  const inside = ({ source, start, end }: Span) =>
    start >= 0 && start <= end && end <= source.text.length + 1 && start <= source.text.length
  for (const { code, span, related } of diagnostics) {
    for (const each of [span, ...related.map(label => label.span)])
      hold(
        'spans',
        each === null || (inside(each) && inside(outermost(each))),
        () => `${code} at ${each?.start} to ${each?.end} of ${text.length}`,
      )
  }
}

function holdPlaces(diagnostics: readonly Said[], { files }: Trial, hold: Hold): void {
  for (const { code, path, line, column, endLine, endColumn } of diagnostics) {
    if (path === undefined) continue
    const content = files[path]
    if (content === undefined) continue
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
    const lines = text.replace(/^\ufeff/, '').split('\n')
    const fits = (at: number, unit: number) =>
      at >= 1 && at <= lines.length && unit >= 1 && unit <= lines[at - 1]!.length + 2
    const ordered = line < endLine || (line === endLine && column <= endColumn)
    hold(
      'spans',
      fits(line, column) && fits(endLine, endColumn) && ordered,
      () => `${code} at ${line}:${column} to ${endLine}:${endColumn}`,
    )
  }
}

function holdErrors(
  { code, stdout, stderr }: Ran,
  diagnostics: readonly Said[],
  { valid, options }: Trial,
  hold: Hold,
): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const strict = options.includes('--strict') && diagnostics.some(({ severity }) => severity === 'warning')
  if (code === 0) hold('error', stdout !== '' && errors.length === 0, () => 'a plan beside an error, or no document')
  else
    hold(
      'error',
      stdout === '' && stderr !== '' && (errors.length > 0 || strict),
      () => `no plan and no error: ${stderr.slice(0, 300)}`,
    )
  // A variable's value is chosen for no place in particular, and the arguments are those of the newest release.
  if (!valid || options.some(word => ['--alloy-version', '--chart-version', '--env'].includes(word))) return
  const faults = errors.filter(each => /^ARB(0|33|34)/.test(each.code))
  hold('valid', faults.length === 0, () =>
    faults
      .map(each => `${each.code} ${each.message}`)
      .slice(0, 3)
      .join('\n'),
  )
}

const commands: readonly (readonly string[])[] = [
  ['generate', '--format', 'values'],
  ['generate', '--format', 'values', '--granularity', 'blocks'],
  ['generate', '--format', 'values', '--only', 'rbac', '--at', 'a.b'],
  ['generate', '--format', 'values', '--only', 'pod'],
  ['generate', '--format', 'values', '--keep-extra'],
  ['generate', '--format', 'manifests'],
  ['generate', '--format', 'manifests', '--namespace', 'here', '--name', 'it'],
  ['generate', '--format', 'can-i'],
  ['generate', '--format', 'html'],
  ['diff', '--format', 'text'],
  ['diff', '--format', 'json'],
  ['diff', '--format', 'markdown'],
  ['diff', '--format', 'html'],
  ['check', '--format', 'text'],
  ['check', '--format', 'json'],
  ['check', '--format', 'sarif'],
  ['check', '--format', 'github'],
  ['check', '--format', 'junit'],
  ['check', '--format', 'markdown'],
  ['check', '--format', 'html'],
  ['check', '--format', 'json', '--write-baseline', 'made.json'],
]

/**
 * Errors that other documents have nothing to do with: those of the pod alone, and that values of several configurations need `--all`,
 * where `diff` compares each.
 */
const ofSomeDocuments: ReadonlySet<string> = new Set(['ARB376', 'ARB511', 'ARB562'])

/** What `--format json` gave, and how the other formats are run. */
interface Expected {
  readonly code: number
  readonly rightsStand: boolean
  readonly run: (argv: readonly string[]) => Promise<Ran>
}

/** Runs some of the commands: all of them each time would leave time for few inputs. */
async function holdFormats(
  trial: Trial,
  { code, rightsStand, run }: Expected,
  random: Random,
  hold: Hold,
): Promise<void> {
  const chosen =
    trial.baseline === undefined
      ? [random.pick(commands), random.pick(commands)]
      : [random.pick(commands.filter(([name]) => name === 'check'))]
  for (const [name = '', ...words] of chosen) {
    const more = trial.baseline === undefined ? [] : ['--baseline', trial.baseline]
    const ran = await run([name, ...trial.inputs, ...trial.options, ...words, ...more])
    const shown = `${name} ${words.join(' ')}`
    if (!hold('bug', !ran.stderr.includes('this is a bug'), () => `${shown}\n${ran.stderr}`)) return
    const expected =
      name === 'check'
        ? ran.code !== 2 && ran.stdout !== ''
        : ran.code === code || (ran.code === 1 && ran.stdout === '') || (ran.code === 0 && rightsStand)
    hold('formats', expected, () => `${shown}: exit code ${ran.code} where --format json gave ${code}`)
    if (ran.stdout !== '') holdDocument(shown, words[1] ?? '', ran.stdout, hold)
  }
}

function holdDocument(shown: string, format: string, text: string, hold: Hold): void {
  const readers: Readonly<Record<string, () => unknown>> = {
    json: () => JSON.parse(text),
    sarif: () => JSON.parse(text),
    values: () => parseYaml(text),
    manifests: () => text.split(/^---$/m).map(part => parseYaml(part) as unknown),
  }
  try {
    readers[format]?.()
    hold('formats', format === 'github' || text.endsWith('\n'), () => `${shown}: no line feed at the end`)
  } catch (error) {
    hold('formats', false, () => `${shown}: ${String(error)}`)
  }
}

/**
 * What `generate` prints for a configuration, given back with it, must satisfy `check`. Not where the text holds the braces of a
 * template: within values they are no longer text.
 */
async function holdVerifies(trial: Trial, hold: Hold): Promise<void> {
  const values = await command(['generate', ...trial.inputs, ...trial.options], trial.files)
  // A chart whose template holds the rules carries none in its values, and says so, as of names that Helm cannot pass on.
  if (values.code !== 0 || /\[ARB(503|578|579)\]/.test(values.stderr)) return
  const files = { ...trial.files, 'printed.yaml': values.stdout }
  const ran = await command(['check', 'printed.yaml', ...trial.inputs, ...trial.options, '--format', 'json'], files)
  if (!hold('bug', !ran.stderr.includes('this is a bug'), () => `check of the printed values\n${ran.stderr}`)) return
  const { workloads, status } = JSON.parse(ran.stdout) as Checked
  const shown = () => ran.stdout.slice(0, 600)
  if (!hold('verifies', status !== 'no-plan', () => `no plan for the printed values: ${shown()}`)) return
  const lacking = workloads.filter(({ missing, pod }) => missing.length > 0 || pod.missing.length > 0)
  hold('verifies', lacking.length === 0, () =>
    JSON.stringify(lacking.map(({ missing, pod }) => ({ missing, pod }))).slice(0, 600),
  )
}
