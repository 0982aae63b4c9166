import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isDate } from '../check/baseline.ts'
import type { DocumentOptions, SessionOptions, WideningOptions } from '../session/options.ts'

/** Options of `generate`, `diff` and `check`, as given; what was not given is absent. */
export interface CommonOptions extends SessionOptions, WideningOptions {
  readonly format?: string
  readonly output?: string
  readonly color: 'auto' | 'always' | 'never'
  readonly quiet?: boolean
  readonly strict?: boolean
  readonly diagnostics?: string
}

/** Options of `generate` alone. */
export interface GenerateOptions extends CommonOptions, DocumentOptions {
  readonly format: 'values' | 'manifests' | 'json' | 'can-i'
}

/** Options of `diff`. */
export interface DiffOptions extends CommonOptions {
  readonly format: 'text' | 'json' | 'markdown'
}

/** Options of `explain`; those of an analysis count where an input is named. */
export interface ExplainOptions extends CommonOptions {
  readonly format: 'text' | 'json'
}

/** Options of `check` alone. */
export interface CheckOptions extends CommonOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'junit' | 'markdown'
  readonly failOn: 'error' | 'warning' | 'note'
  readonly platform?: 'gke-autopilot'
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly today?: string
}

/** Options of `denied`. */
export interface DeniedOptions extends CommonOptions {
  readonly format: 'text' | 'json'
  readonly config: readonly string[]
}

/** Options of `audit-chart`. */
export interface AuditOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly chartVersion?: string
  readonly alloyVersion?: string
  readonly kubeVersion?: string
  readonly output?: string
}

/** Options of `upgrade`. */
export interface UpgradeOptions extends CommonOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly from: string
  readonly to: string
}

/** `NAME=VALUE`, repeatable; the last of a repeated name counts. */
const pairs = (value: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  // A module's source may be a URL with a query, so its path is what follows the last sign.
  const at = value.includes('://') ? value.lastIndexOf('=') : value.indexOf('=')
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
  if (value === '') throw new InvalidArgumentError('expected a text that is not empty')
  return value
}

/** A file beside the document. Standard output has the document, so `-` cannot stand for it. */
export const sideFile = (value: string): string => {
  if (value === '-') throw new InvalidArgumentError('expected a file: standard output is for the document')
  return filled(value)
}

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

const stabilities = ['experimental', 'public-preview', 'generally-available']

/** Adds the options that `generate`, `diff` and `check` share. */
export function withCommon(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--alloy-version <X>',
        'Alloy release (image tag of the values, else that of the chart version, else the newest known)',
      ).argParser(version),
    )
    .addOption(
      new Option('--chart-version <X>', 'release of the grafana/alloy chart (the newest known)').argParser(version),
    )
    .addOption(new Option('--kube-version <X>', 'Kubernetes minor, such as 1.34 (the newest known)').argParser(version))
    .addOption(new Option('--kernel <X>', 'Linux kernel, such as 5.15; decides some capabilities').argParser(version))
    .addOption(
      new Option('--stability <LEVEL>', "what the deployment allows (the values', else not judged)").choices(
        stabilities,
      ),
    )
    .addOption(
      new Option('--namespace <N>', 'namespace Alloy runs in; without it the own namespace stays symbolic').argParser(
        namespace,
      ),
    )
    .addOption(
      new Option('--env <NAME=VALUE>', 'what sys.env("NAME") will be; repeatable')
        .argParser(pairs)
        .default(new Map(), 'none'),
    )
    .addOption(
      new Option('--arg <NAME=VALUE>', 'what argument.NAME.value will be in a module handed in; repeatable')
        .argParser(pairs)
        .default(new Map(), 'none'),
    )
    .option('--allow-outside', "follow an import.file that leaves the input's folder")
    .addOption(
      new Option('--module <SOURCE=PATH>', 'local copy of a remote module, by label, repository or URL; repeatable')
        .argParser(pairs)
        .default(new Map(), 'none'),
    )
    .addOption(
      new Option(
        '--on-unknown <MODE>',
        'what an unknown component or module costs: the plan, its completeness, or the default rules on top',
      )
        .choices(['error', 'warn', 'defaults'])
        .default('error'),
    )
    .option('--optional', 'grant also what is optional')
    .addOption(new Option('--workload <NAME>', 'which of several workloads: [namespace/][kind/]name').argParser(filled))
    .addOption(
      new Option('--workdir <DIR>', "Alloy's working directory, for relative paths (the input's folder)").argParser(
        filled,
      ),
    )
    .addOption(
      new Option('--scope <SCOPE>', 'auto: namespaced Roles wherever the needs allow; cluster: one ClusterRole')
        .choices(['auto', 'cluster'])
        .default('auto'),
    )
    .addOption(new Option('-o, --output <FILE>', 'write the document there; - for standard output').argParser(filled))
    .addOption(
      new Option('--color <WHEN>', 'colour of diagnostics').choices(['auto', 'always', 'never']).default('auto'),
    )
    .option('--quiet', 'no notes on standard error')
    .option('--strict', 'warnings count as errors')
    .addOption(
      new Option('--diagnostics <FILE>', 'write the diagnostics there as JSON, plan or not').argParser(sideFile),
    )
}

export { Command, CommanderError, Option }
