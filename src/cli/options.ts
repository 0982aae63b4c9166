import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Severity } from '../diagnostic/entry.ts'
import { stabilityLevels } from '../evaluate/stability-level.ts'
import type { Kept } from '../reports/audit/trim/trimmed-rules.ts'
import { isDate } from '../reports/check/baseline/is-date.ts'
import type { FailOn } from '../reports/compare/comparison.ts'
import type { Tool } from '../reports/installer/tools.ts'
import { onUnknownModes } from '../resolve/on-unknown.ts'
import type { AuditFormat } from '../session/audit/audit-charts.ts'
import type { DocumentOptions, SessionOptions, WideningOptions } from '../session/options.ts'

/** Options of `generate`, `diff` and `check`, as given; what was not given is absent. */
export interface CommonOptions extends SessionOptions, WideningOptions {
  readonly output?: string
  readonly color: 'auto' | 'always' | 'never'
  readonly quiet?: boolean
  readonly strict?: boolean
  readonly diagnostics?: string
  /** Files and folders with objects of the cluster. */
  readonly objects: readonly string[]
  /** Whether the cluster has no others. */
  readonly objectsComplete?: boolean
  /** Paths of pipelines that a server holds. */
  readonly remote: readonly string[]
  /** What standard input is called; absent: `-`. */
  readonly stdinFilename?: string
}

/** Options of a command that writes its document in one format or more. */
export interface FormatOptions<Format extends string> {
  readonly format: Format
  /** Further documents of the same run: a file for each format. */
  readonly also: ReadonlyMap<Format, string>
}

/** The formats of the commands that write documents in several; the first is the usual one. */
export const formats = {
  generate: ['values', 'manifests', 'json', 'can-i', 'html'],
  diff: ['text', 'json', 'markdown', 'html'],
  check: ['text', 'json', 'sarif', 'github', 'junit', 'markdown', 'html'],
  upgrade: ['text', 'json', 'markdown'],
  compare: ['text', 'json', 'sarif', 'github', 'markdown', 'html'],
  installer: ['manifests', 'json'],
} as const

/** A format of a command. */
type FormatOf<Name extends keyof typeof formats> = (typeof formats)[Name][number]

/** Options of `generate` alone. */
export interface GenerateOptions extends CommonOptions, DocumentOptions, FormatOptions<FormatOf<'generate'>> {
  readonly all?: boolean
}

/** Options of `diff`. */
export interface DiffOptions extends CommonOptions, FormatOptions<FormatOf<'diff'>> {}

/** Options of `explain`; those of an analysis count where an input is named. */
export interface ExplainOptions extends CommonOptions {
  readonly format: 'text' | 'json'
}

/** Options of `check` alone. */
export interface CheckOptions extends CommonOptions, FormatOptions<FormatOf<'check'>> {
  readonly failOn: Severity
  readonly platform?: 'gke-autopilot'
  readonly assumed?: 'error'
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly today?: string
}

/** Options of `denied`. */
export interface DeniedOptions extends CommonOptions {
  readonly format: 'text' | 'json'
  readonly config: readonly string[]
  readonly url: readonly string[]
}

/** Options of `audit-chart`. */
export interface AuditOptions {
  readonly format: AuditFormat
  readonly keep: Kept
  readonly write?: boolean
  readonly chartVersion?: string
  readonly alloyVersion?: string
  readonly kubeVersion?: string
  readonly output?: string
}

/** Options of `upgrade`. */
export interface UpgradeOptions extends CommonOptions, FormatOptions<FormatOf<'upgrade'>> {
  readonly from: string
  readonly to: string
  readonly failOn: Severity
}

/** Options of `compare`. */
export interface CompareOptions extends CommonOptions, FormatOptions<FormatOf<'compare'>> {
  /** Absent: whatever changes, the run is done. */
  readonly failOn?: FailOn
}

/** Options of `installer`. */
export interface InstallerOptions extends CommonOptions, FormatOptions<FormatOf<'installer'>> {
  readonly for: Tool
  readonly name?: string
  readonly role?: string
}

/** A path, repeatable. */
const paths = (path: string, before: readonly string[]): readonly string[] => [...before, filled(path)]

/** `NAME=VALUE`, repeatable; the last of a repeated name counts. */
const pairs = (value: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  // A module's source may be a URL with a query, so its path is what follows the last sign.
  const isUrl = !/^\w+=/.test(value) && value.includes('://')
  const at = isUrl ? value.lastIndexOf('=') : value.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('expected NAME=VALUE')
  return new Map([...before, [value.slice(0, at), value.slice(at + 1)]])
}

/** A version, its `v` taken away. */
export const version = (value: string): string => {
  if (!/^v?\d+(\.\d+){0,2}(-[\w.]+)?$/.test(value)) throw new InvalidArgumentError('expected a version such as 1.18.1')
  return value.replace(/^v/, '')
}

/** Keys that lead into values; none for the empty text. */
export const keys = (value: string): string => {
  if (value !== '' && value.split('.').includes('')) {
    throw new InvalidArgumentError('expected keys such as collectors.alloy-metrics')
  }
  return value
}

/** A text that is not empty: a path or a name. */
export const filled = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('expected non-empty text')
  return value
}

/** A file beside the document. Standard output has the document, so `-` cannot stand for it. */
export const sideFile = (value: string): string => {
  if (value === '-') throw new InvalidArgumentError('expected a file: standard output is for the document')
  return filled(value)
}

const alsoOption = (formats: readonly string[]): Option =>
  new Option(
    '--also <FORMAT=FILE>',
    'also write the document in another format, to this file; repeatable, once for each format',
  )
    .argParser((value: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
      const at = value.indexOf('=')
      const format = value.slice(0, at)
      if (at < 1 || !formats.includes(format))
        throw new InvalidArgumentError(`expected FORMAT=FILE, where FORMAT is one of ${formats.join(', ')}`)
      if (before.has(format)) throw new InvalidArgumentError(`${format} is asked for twice`)
      return new Map([...before, [format, sideFile(value.slice(at + 1))]])
    })
    .default(new Map(), 'none')

/** The format of the document, the first of them by default. */
export const formatOption = (formats: readonly [string, ...string[]]): Option =>
  new Option('--format <F>', 'output format').choices(formats).default(formats[0])

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'

/** A namespace: a label of RFC 1123, as Kubernetes wants it. */
const namespace = (value: string): string => {
  if (value.length > 63 || !new RegExp(`^${label}$`).test(value))
    throw new InvalidArgumentError('expected lower-case letters, digits and - such as monitoring')
  return value
}

/** The name of an object and its account: a subdomain of RFC 1123. */
export const objectName = (value: string): string => {
  if (value.length > 253 || !new RegExp(`^${label}(\\.${label})*$`).test(value))
    throw new InvalidArgumentError('expected lower-case letters, digits, - and . such as alloy')
  return value
}

/** A day, for the dates of a baseline. */
export const day = (value: string): string => {
  if (!isDate(value)) throw new InvalidArgumentError('expected a date such as 2026-12-31')
  return value
}

/** Where options come from that the command line leaves out. */
export const configFileOption = (): Option =>
  new Option(
    '--config-file <FILE>',
    'file with options by command (default: alloy-rbac.yaml in the working directory, if there is one)',
  ).argParser(filled)

/** Options for an input that a command does not depend on, and so does not list. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  compare: ['quiet'],
  denied: ['optional', 'quiet', 'scope'],
  explain: ['quiet', 'scope'],
  installer: [
    ...['alloy-version', 'kernel', 'stability', 'env', 'arg', 'module', 'on-unknown', 'optional', 'workdir', 'scope'],
    ...['allow-outside', 'workload', 'objects', 'objects-complete', 'remote', 'remote-complete', 'attribute'],
  ],
  upgrade: ['chart-version'],
}

/** Adds the options that the commands for an input share. */
export function withCommon(command: Command): Command {
  const left = leftOut[command.name()] ?? []
  for (const option of commonOptions()) if (!left.includes(option.name())) command.addOption(option)
  return command
}

/** The same, and the formats of a command whose document can be written in several at once. */
export function withFormats(command: Command, name: keyof typeof formats): Command {
  return withCommon(command.addOption(formatOption(formats[name])).addOption(alsoOption(formats[name])))
}

/** Fresh ones for each command, which puts them into groups of its help. */
const commonOptions = (): readonly Option[] => [
  new Option(
    '--alloy-version <X>',
    'Alloy release (default: the image tag of the values, then the one the chart ships, then the newest known)',
  ).argParser(version),
  new Option('--chart-version <X>', 'grafana/alloy chart release (default: the newest known)').argParser(version),
  new Option('--kube-version <X>', 'Kubernetes minor version, for example 1.34 (default: the newest known)').argParser(
    version,
  ),
  new Option('--kernel <X>', 'Linux kernel version, for example 5.15; affects some capabilities').argParser(version),
  new Option(
    '--stability <LEVEL>',
    'stability level of the deployment (default: from the values; otherwise not checked)',
  ).choices(stabilityLevels),
  new Option('--namespace <N>', 'namespace Alloy runs in; without it, the output refers to it symbolically').argParser(
    namespace,
  ),
  new Option('--env <NAME=VALUE>', 'value of sys.env("NAME"); repeatable').argParser(pairs).default(new Map(), 'none'),
  new Option('--arg <NAME=VALUE>', 'value of argument.NAME.value if the input is a module; repeatable')
    .argParser(pairs)
    .default(new Map(), 'none'),
  new Option('--substitute <NAME=VALUE>', 'value of ${NAME} in manifests that Flux applies; repeatable')
    .argParser(pairs)
    .default(new Map(), 'none'),
  new Option('--merge', 'merge values files that each contain a configuration, as helm -f does'),
  new Option('--stdin-filename <NAME>', 'name of standard input in diagnostics, for example values.yaml').argParser(
    filled,
  ),
  new Option('--allow-outside', 'read files that import.file finds outside the input folder'),
  new Option('--module <SOURCE=PATH>', 'local copy of a remote module, by label, repository, or URL; repeatable')
    .argParser(pairs)
    .default(new Map(), 'none'),
  new Option(
    '--objects <PATH>',
    'objects of the cluster: ServiceMonitors and other custom resources, and Namespaces; narrow the needs that depend on them; repeatable',
  )
    .argParser(paths)
    .default([], 'none'),
  new Option('--objects-complete', 'the cluster has no other such objects than those of --objects and of the input'),
  new Option(
    '--remote <PATH>',
    'pipelines that remotecfg loads: a folder of .alloy files, an index, JSON of ListPipelines, or terraform show -json; repeatable',
  )
    .argParser(paths)
    .default([], 'none'),
  new Option(
    '--attribute <NAME=VALUE>',
    'attribute of the collector that the server sets, for the matchers of pipelines; empty for none; repeatable',
  )
    .argParser(pairs)
    .default(new Map(), 'none'),
  new Option('--remote-complete', 'state that remotecfg loads no pipelines but those of --remote'),
  new Option(
    '--on-unknown <MODE>',
    "on an unknown component or module: stop (error), continue and mark the plan incomplete (warn), or add the chart's default rules (defaults)",
  )
    .choices(onUnknownModes)
    .default('error'),
  new Option('--optional', 'also grant what is optional'),
  new Option('--workload <NAME>', 'workload to use if there are several: [namespace/][kind/]name').argParser(filled),
  new Option('--workdir <DIR>', "Alloy's working directory, for relative paths (default: the input folder)").argParser(
    filled,
  ),
  new Option('--scope <SCOPE>', 'auto: namespaced Roles where possible; cluster: one ClusterRole')
    .choices(['auto', 'cluster'])
    .default('auto'),
  configFileOption(),
  new Option('-o, --output <FILE>', 'write to this file; - for standard output').argParser(filled),
  new Option('--color <WHEN>', 'color of diagnostics').choices(['auto', 'always', 'never']).default('auto'),
  new Option('--quiet', 'do not print notes to standard error'),
  new Option('--strict', 'treat warnings as errors'),
  new Option('--diagnostics <FILE>', 'write the diagnostics to this file as JSON, even without a plan').argParser(
    sideFile,
  ),
]

export { Argument, Command, CommanderError, InvalidArgumentError, Option }
