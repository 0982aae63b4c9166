import { command, type Ran } from '../../test/cli/io.ts'
import { obeyed } from '../../test/cli/obeyed.ts'
import type { Hold } from './laws.ts'
import { holdsSecret, leak, secret } from './plants.ts'
import type { Random } from './random.ts'
import type { Trial } from './trial.ts'

/** Runs a command line over the files of a trial, and more of them. */
export type Run = (argv: readonly string[], more?: Readonly<Record<string, string>>) => Promise<Ran>

/** Made by the grammar alone: a secret is only where one belongs. */
const sound: ReadonlySet<string> = new Set(['configuration', 'folder', 'manifests', 'values'])

/** Says whether a trial holds a secret that no output may show. */
const isSecretive = (trial: Trial): boolean =>
  sound.has(trial.kind)
    ? // Objects of the values are the user's own, and repeated as they are.
      Object.values(trial.files).some(text => String(text).includes(secret) && !String(text).includes('extraObjects'))
    : !trial.kind.startsWith('broken') && holdsSecret(trial)

/** Runs command lines over a trial's files, and holds the laws of outputs against all that they print. */
export function runOf(trial: Trial, hold: Hold): Run {
  const secretive = isSecretive(trial)
  return async (argv, more = {}) => {
    const ran = await command(argv, { ...trial.files, ...more })
    // That there was enough: a run that needs more than the thread has ends the thread, which the supervisor takes for the finding.
    hold('memory', true, () => '')
    hold('bug', !ran.stderr.includes('this is a bug'), () => `${argv.join(' ')}\n${ran.stderr}`)
    holdOutputs(argv, ran, secretive, hold)
    return ran
  }
}

/** Whatever a run prints or writes is shown and not obeyed, and tells no secret. */
function holdOutputs(argv: readonly string[], { stdout, stderr, written }: Ran, secretive: boolean, hold: Hold) {
  for (const text of [stdout, stderr, ...written.values()]) {
    if (text === '') continue
    hold('inert', obeyed(text) === null, () => `${argv.join(' ')}: ${JSON.stringify(obeyed(text))}`)
    if (secretive) hold('secret', leak(text) === null, () => `${argv.join(' ')}: ${leak(text)}`)
  }
}

const generated = ['values', 'manifests', 'json', 'can-i', 'html']
const checked = ['text', 'json', 'sarif', 'github', 'junit', 'markdown', 'html']
const compared = ['text', 'json', 'markdown', 'html']

/** The formats of a command end alike: all with a document, or none. */
export async function holdAgreement(trial: Trial, run: Run, random: Random, hold: Hold): Promise<void> {
  const [name, formats] = random.pick([
    ['generate', generated],
    ['generate', generated],
    ['check', checked],
    ['diff', compared],
  ] as const)
  // Objects have to name their namespace.
  const more = name !== 'generate' || trial.options.includes('--namespace') ? [] : ['--namespace', 'here']
  const end = async (format: string): Promise<string> => {
    const { code, stdout } = await run([name, ...trial.inputs, ...trial.options, ...more, '--format', format])
    return `ends with ${code} ${stdout === '' && format !== 'github' ? 'without' : 'with'} a document`
  }
  const [first = '', ...others] = formats
  const expected = await end(first)
  for (const other of others) {
    const found = await end(other)
    hold('agree', found === expected, () => `${name} --format ${first} ${expected}, --format ${other} ${found}`)
  }
}

/**
 * A second run that finds what the first one wrote writes the same: the file of `-o`, a baseline that is passed in, printed values
 * that are given back with the configuration that they are for.
 */
export function holdAgain(trial: Trial, run: Run, random: Random, hold: Hold): Promise<void> {
  return random.pick(waysAgain(trial))(trial, run, hold)
}

/** The ways in which a second run may find what the first one wrote. */
export function waysAgain(trial: Trial): readonly Again[] {
  // Within values, the braces of a template are no longer text.
  const bare = Object.entries(trial.files).every(
    ([name, text]) => !/\.ya?ml$/.test(name) && !String(text).includes('{{'),
  )
  return [fileAgain, baselineAgain, ...(bare ? [valuesAgain] : [])]
}

type Again = (trial: Trial, run: Run, hold: Hold) => Promise<void>

const fileAgain: Again = ({ inputs, options }, run, hold) =>
  twice(['generate', ...inputs, ...options, '-o', 'made.yaml', '--diagnostics', 'said.json'], [], run, hold)

const baselineAgain: Again = ({ inputs, options }, run, hold) =>
  twice(
    ['check', ...inputs, ...options, '--write-baseline', 'made.json', '--diagnostics', 'said.json'],
    ['--baseline', 'made.json'],
    run,
    hold,
  )

/** Runs a command line once more with the files that it wrote, and more words where it wrote them all. */
async function twice(argv: readonly string[], more: readonly string[], run: Run, hold: Hold): Promise<void> {
  const { written } = await run(argv)
  const files = Object.fromEntries([...written].map(([path, text]) => [path.replace('/work/', ''), text]))
  const given = more.filter(word => word.startsWith('-') || word in files)
  const again = await run(given.length === more.length ? [...argv, ...more] : argv, files)
  for (const [path, before] of written) {
    // Findings that a baseline accepts are not diagnostics of the second run.
    if (path.endsWith('/said.json') && more.length > 0) continue
    const after = again.written.get(path) ?? ''
    hold('again', before === after, () => `${argv.join(' ')} writes ${path} again\n${difference(before, after)}`)
  }
}

const valuesAgain: Again = async ({ inputs, options }, run, hold) => {
  const print = (more: readonly string[], files: Readonly<Record<string, string>>) =>
    run(['generate', ...more, ...inputs, ...options], files)
  const bare = await print([], {})
  if (bare.code !== 0) return
  // The header of the first run says what to do with values of one's own; from then on there are some. They tell which variables the
  // container lacks: what is no longer needed then is taken back once.
  const known = await print(['printed.yaml'], { 'printed.yaml': bare.stdout })
  const first = await print(['printed.yaml'], { 'printed.yaml': known.stdout })
  const second = await print(['printed.yaml'], { 'printed.yaml': first.stdout })
  const [before, after] = [placeless(first.stdout), placeless(second.stdout)]
  hold('again', before === after, () => `values are printed again as\n${difference(before, after)}\n${second.stderr}`)
}

/** A value may be demanded by the written file itself, whose lines are others than those of the file before. */
const placeless = (text: string): string => text.replaceAll(/\(printed\.yaml:\d+\)/g, '(printed.yaml)')

/** The first lines that differ. */
function difference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const at = old.findIndex((line, index) => line !== now[index])
  return `line ${at + 1}\n- ${old.slice(at, at + 3).join('\n- ')}\n+ ${now.slice(at, at + 3).join('\n+ ')}`
}
