/** Something that Linux refused, as a line of the log words it. */
export interface SystemError {
  readonly kind: 'system'
  readonly error: 'permission denied' | 'read-only file system' | 'operation not permitted' | 'missing capabilities'
  /** `open`, `listen`, `socket`; null where the line does not say. */
  readonly operation: string | null
  readonly path: string | null
  /** The port that may not be listened on. */
  readonly port: number | null
  readonly capabilities: readonly string[]
}

/** A part of a text, half-open, and what it tells. */
export interface Found<T> {
  readonly told: T
  readonly from: number
  readonly to: number
}

const none = { kind: 'system', operation: null, path: null, port: null, capabilities: [] } as const

/**
 * How Go's standard library and what Alloy is built of word refusals of the kernel: os.PathError is `open PATH: ERROR`, os.LinkError has
 * two paths, net.OpError is `listen tcp HOST:PORT: bind: ERROR` and `dial unix PATH: connect: ERROR`, os.SyscallError `socket: ERROR`;
 * Beyla lists capabilities (grafana/beyla@v3.28.0:vendor/go.opentelemetry.io/obi/pkg/obi/os.go#L206-L216). The first that matches tells;
 * a refusal by a database or an RPC has none of these forms.
 */
const forms: readonly {
  readonly pattern: RegExp
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => SystemError
}[] = [
  {
    pattern: /listen (?:tcp|udp)[46]? [\w.:[\]-]{0,100}:(?<port>\d{1,5}): bind: permission denied/,
    read: ({ port }) => ({ ...none, error: 'permission denied', operation: 'listen', port: Number(port) }),
  },
  {
    pattern: /(?:listen ip[46]?:\S{1,60}: )?socket: (?<error>operation not permitted|permission denied)/,
    read: ({ error }) => ({ ...none, error: errorOf(error), operation: 'socket', capabilities: ['NET_RAW'] }),
  },
  {
    pattern: /dial unix (?<path>\/[^\s:"\\]{1,300}): connect: (?<error>permission denied|operation not permitted)/,
    read: ({ path, error }) => ({ ...none, error: errorOf(error), operation: 'connect', path: path ?? null }),
  },
  {
    pattern:
      /(?<![\w-])(?<operation>open|openat|opendir|readdirent|mkdir|mkdirat|create|stat|lstat|readlink|read|write|unlink|unlinkat|remove|rename|link|symlink|chmod|chown|lchown|truncate|utimensat|access|mount|fdopendir|scandir) (?<path>\/[^\s:"\\]{0,300})(?: \/[^\s:"\\]{0,300})?: (?<error>permission denied|read-only file system|operation not permitted)/,
    read: ({ operation, path, error }) => ({
      ...none,
      error: errorOf(error),
      operation: operation ?? null,
      path: path ?? null,
    }),
  },
  {
    pattern:
      /(?:[Cc]apabilit\w{1,5}|[Pp]ermissions?)[^"\\]{0,120}?(?<names>CAP_[A-Z_]{2,30}(?:[, |]{1,3}(?:or )?CAP_[A-Z_]{2,30}){0,20})/,
    read: ({ names = '' }) => ({
      ...none,
      error: 'missing capabilities',
      capabilities: [...names.matchAll(/CAP_([A-Z_]+)/g)].map(([, name = '']) => name),
    }),
  },
  {
    pattern: /(?<![\w-])(?<error>operation not permitted|read-only file system)/,
    read: ({ error }) => ({ ...none, error: errorOf(error) }),
  },
]

const errorOf = (error: string | undefined): SystemError['error'] => error as SystemError['error']

/** Whether a line may tell of a refusal by Linux: most lines need no further look. */
export const maySystemError = (line: string): boolean =>
  /permission denied|read-only file system|operation not permitted|CAP_[A-Z]/.test(line)

/** The refusal by Linux that a text tells, with where it does; null where it tells none. */
export function systemErrorIn(text: string): Found<SystemError> | null {
  for (const { pattern, read } of forms) {
    const match = text.match(pattern)
    if (match) {
      const from = match.index ?? 0
      return { told: read(match.groups ?? {}), from, to: from + match[0].length }
    }
  }
  return null
}
