import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { stabilityLevels } from '../../evaluate/stability-level.ts'
import { required } from '../../required.ts'
import type { Span } from '../../source.ts'
import { scalarAt, type Tree } from '../yaml/tree.ts'
import type { Setting, Settings } from './settings.ts'

/** One argument of a command line, and where it is written. */
export interface Argument {
  readonly text: string
  readonly span: Span
}

/** A command line of Alloy, taken apart: the subcommand, the path it is given, and flags by name, the last one winning. */
export interface CommandLine {
  readonly command: string | null
  readonly path: Argument | null
  /** What follows the path and is not a flag: Alloy takes nothing there. */
  readonly extra: readonly Argument[]
  readonly flags: ReadonlyMap<string, Argument>
}

/** Flags of `alloy run` that take no value of their own. */
const switches =
  /^(?:disable-reporting|cluster\.(?:enabled|enable-tls|use-discovery-v1)|.*\.enabled|config\.bypass-conversion-errors|server\.http\.(?:enable-pprof|disable-support-bundle)|feature\.(?!component-shutdown-deadline)[\w.-]+)$/

/** Elements of a list that are arguments; numbers and booleans become text as a container would see them. */
export function argumentsAt(items: readonly Tree[]): readonly Argument[] {
  return items.flatMap(item => {
    const scalar = scalarAt(item)
    return scalar === null || scalar.value === null ? [] : [{ text: String(scalar.value), span: scalar.span }]
  })
}

/** Takes the arguments after the program's name apart. */
export function commandLine(args: readonly Argument[]): CommandLine {
  const flags = new Map<string, Argument>()
  const words: Argument[] = []
  for (let at = 0; at < args.length; at++) {
    const argument = required(args[at], 'an argument')
    const { text, span } = argument
    const flag = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(text)
    if (!flag) {
      words.push(argument)
      continue
    }
    const [, name = '', given] = flag
    const next = args[at + 1]
    if (given !== undefined) flags.set(name, { text: given, span })
    else if (switches.test(name) || next === undefined || next.text.startsWith('-'))
      flags.set(name, { text: 'true', span })
    else {
      flags.set(name, next)
      at++
    }
  }
  return { command: words[0]?.text ?? null, path: words[1] ?? null, extra: words.slice(2), flags }
}

/** Settings that flags decide; versions come from elsewhere. */
export type FlagSettings = Omit<Settings, 'alloyVersion' | 'chartVersion'>

/** Reads the flags of `alloy run` over what holds without them. */
export function settingsOf(flags: CommandLine['flags'], before: FlagSettings): Outcome<FlagSettings> {
  const diagnostics: Diagnostic[] = []
  const listen = flags.get('server.http.listen-addr')
  const [isAddress, host = '', port] = /^(.*):(\d+)$/.exec(listen?.text ?? '') ?? []
  const peers = flags.get('cluster.discover-peers')
  const value: FlagSettings = {
    storagePath: setting(flags.get('storage.path'), text => text) ?? before.storagePath,
    stability: before.stability,
    communityComponents:
      setting(flags.get('feature.community-components.enabled'), isTrue) ?? before.communityComponents,
    cluster: {
      enabled: setting(flags.get('cluster.enabled'), isTrue) ?? before.cluster.enabled,
      discoverPeers: peers ? peersOf(peers) : before.cluster.discoverPeers,
    },
    listen: {
      address: listen && isAddress ? { value: host, span: listen.span } : before.listen.address,
      port: listen && isAddress ? { value: Number(port), span: listen.span } : before.listen.port,
    },
  }
  const level = flags.get('stability.level')
  if (!level) return { value, diagnostics }
  const known = stabilityLevels.find(each => each === level.text)
  if (known) return { value: { ...value, stability: { value: known, span: level.span } }, diagnostics }
  diagnostics.push(diagnostic('stability-level', level.span, { level: level.text }))
  return { value, diagnostics }
}

/** The peers to join; none where the flag is empty. */
const peersOf = ({ text, span }: Argument): Setting<string> | null => (text === '' ? null : { value: text, span })

function setting<T>(argument: Argument | undefined, read: (text: string) => T): Setting<T> | null {
  return argument ? { value: read(argument.text), span: argument.span } : null
}

function isTrue(text: string): boolean {
  return /^(?:1|t|true)$/i.test(text)
}

/** The chart's storage path; it stands for bare files too, whose plan is for the chart. */
export const chartStorage: Setting<string> = { value: '/tmp/alloy', span: null }

/** Alloy's own defaults. */
export const alloyDefaults: FlagSettings = {
  storagePath: { value: 'data-alloy/', span: null },
  stability: { value: 'generally-available', span: null },
  communityComponents: { value: false, span: null },
  cluster: { enabled: { value: false, span: null }, discoverPeers: null },
  listen: { address: { value: '127.0.0.1', span: null }, port: { value: 12345, span: null } },
}

/** The release that an image's tag names, without its `v`; null for tags like `latest`. */
export function releaseOf(tag: string): string | null {
  return /^v?(\d+\.\d+(?:\.\d+)?(?:-rc\.\d+)?)(?![\w.])/.exec(tag)?.[1] ?? null
}
