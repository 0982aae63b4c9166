import type { Io } from './io.ts'
import type { Command } from './options.ts'
import { useColor } from './report.ts'

/** Columns where neither `COLUMNS` nor a terminal tells. */
const usual = 80

/** The fewest columns in which help can be read. */
const least = 40

/** Where an option stands in the help: the groups in their order, and what each lists, in its order. */
const groups: readonly (readonly [string, readonly string[]])[] = [
  [
    'Input',
    [
      'config',
      'all',
      'workload',
      'merge',
      'env',
      'arg',
      'substitute',
      'module',
      'objects',
      'objects-complete',
      'remote',
      'remote-complete',
      'attribute',
      'workdir',
      'stdin-filename',
      'allow-outside',
    ],
  ],
  [
    'Target',
    [
      ...['for', 'role', 'from', 'to', 'chart-version', 'alloy-version', 'kube-version', 'kernel', 'platform'],
      ...['namespace', 'stability'],
    ],
  ],
  [
    'Plan',
    ['keep', 'only', 'granularity', 'scope', 'optional', 'on-unknown', 'keep-extra', 'network-policy', 'name', 'at'],
  ],
  ['CI', ['fail-on', 'assumed', 'baseline', 'write-baseline', 'today', 'strict']],
  ['Output', ['format', 'output', 'also', 'write', 'diagnostics', 'quiet', 'color', 'config-file']],
]

const commonCodes = [
  ['0', 'done'],
  ['1', 'no plan because of errors in the input'],
  ['2', 'usage error'],
  ['3', 'could not run: a file that cannot be read or written, or a bug'],
] as const

/** What a code means for one command; null where it does not occur. */
type Codes = Readonly<Record<string, string | null>>

/** What a command's help says after its options: examples, each with its purpose, and how its exit codes differ. */
interface After {
  readonly examples: readonly (readonly [string, string])[]
  readonly codes?: Codes
}

const commands: Readonly<Record<string, After>> = {
  generate: {
    examples: [
      ['the minimal values for this configuration', 'alloy-rbac generate config.alloy > values-rbac.yaml'],
      ['an overlay for your own values', 'alloy-rbac generate values.yaml -o values-rbac.yaml'],
      ['a script that asks the cluster', 'alloy-rbac generate values.yaml --format can-i > can-i.sh'],
    ],
  },
  diff: {
    examples: [
      ['what the chart grants by default but the configuration does not need', 'alloy-rbac diff config.alloy'],
      ['the same for a pull request', 'alloy-rbac diff config.alloy --format markdown'],
    ],
  },
  check: {
    examples: [
      [
        'what a deployment grants, compared with what it needs',
        'helm template alloy grafana/alloy | alloy-rbac check -',
      ],
      ['findings for code scanning', 'alloy-rbac check values.yaml --format sarif -o alloy-rbac.sarif'],
      ['accept what is there today, and fail on anything new', 'alloy-rbac check . --write-baseline alloy-rbac.json'],
    ],
    codes: {
      '0': 'nothing at or above --fail-on',
      '1': 'findings at or above --fail-on',
      '3': 'could not run, or no verdict because of errors in the input',
    },
  },
  compare: {
    examples: [
      ['what a change asks for', 'alloy-rbac compare values-old.yaml values.yaml'],
      [
        'the same for two revisions, failing on new access that carries a risk',
        'git worktree add ../base origin/main && alloy-rbac compare ../base . values.yaml --fail-on risky',
      ],
    ],
    codes: {
      '0': 'compared, and nothing of the class of --fail-on was found',
      '1': 'something of the class of --fail-on, or a part that could not be compared with it; without it: no plan on either side',
    },
  },
  installer: {
    examples: [
      [
        'what the account of a pipeline needs that runs helm upgrade --install',
        'helm template alloy grafana/alloy -f values.yaml | alloy-rbac installer - --for helm --namespace obs',
      ],
      ['what a role lacks for it', 'alloy-rbac installer rendered.yaml --for helm --namespace obs --role role.yaml'],
    ],
    codes: { '1': 'no role because of errors in the input, or --role lacks something' },
  },
  upgrade: {
    examples: [
      [
        'what the new chart no longer grants, and the values that fix it',
        'alloy-rbac upgrade --from 1.5.2 --to 1.5.3 values.yaml',
      ],
    ],
    codes: {
      '0': 'nothing at or above --fail-on breaks',
      '1': 'something breaks, or no plan because of errors in the input',
    },
  },
  denied: {
    examples: [
      [
        'which component was denied a request, and whether to grant it',
        'kubectl logs ds/alloy | alloy-rbac denied - --config config.alloy',
      ],
    ],
  },
  'audit-chart': {
    examples: [
      ['default grants of the newest chart that no component can use', 'alloy-rbac audit-chart'],
      ['the same for another release', 'alloy-rbac audit-chart --chart-version 1.4.0'],
      ['the working tree of a chart, or of one that depends on it', 'alloy-rbac audit-chart charts/alloy'],
      ['remove from its values what no component can use', 'alloy-rbac audit-chart charts/alloy --write'],
      [
        'renew the table of its README',
        'alloy-rbac audit-chart charts/alloy --format readme -o charts/alloy/README.md',
      ],
    ],
  },
  completion: {
    examples: [
      ['complete in this shell', 'source <(alloy-rbac completion bash)'],
      ['complete in fish', 'alloy-rbac completion fish | source'],
    ],
    codes: { '1': null, '3': null },
  },
  explain: {
    examples: [
      ['what a component needs, and the evidence', 'alloy-rbac explain discovery.kubernetes'],
      ['who needs a grant', "alloy-rbac explain 'secrets get'"],
      [
        'where a target comes from, rule by rule, and what it needs',
        'alloy-rbac explain prometheus.scrape.kubelet config.alloy',
      ],
      ['what a diagnostic means', 'alloy-rbac explain ARB201'],
    ],
  },
}

/** Puts the options of each command in groups, and adds examples and exit codes; `COLUMNS` and the terminal decide width and color. */
export function arrangeHelp(root: Command, io: Io): void {
  const isColored = (): boolean => useColor('auto', io.env, () => io.screen() !== null)
  const bold = (text: string): string => (isColored() ? `\u001b[1m${text}\u001b[22m` : text)
  for (const command of [root, ...root.commands]) {
    command
      .configureOutput({
        getOutHelpWidth: () => widthOf(io),
        getErrHelpWidth: () => widthOf(io),
        getOutHasColors: isColored,
      })
      .configureHelp({ styleTitle: bold, minWidthToWrap: 20 })
  }
  for (const command of root.commands) {
    group(command)
    command.addHelpText('after', () => afterText(commands[command.name()], bold))
  }
  root.addHelpText('after', () => {
    const first = Object.values(commands).flatMap(({ examples }) => examples.slice(0, 1))
    const codes = {
      '1': 'no plan because of errors in the input; check: findings; upgrade: something breaks; compare: see --fail-on',
    }
    return afterText({ examples: first, codes }, bold)
  })
}

/** Commander lists groups and options as they come. */
function group({ options }: Command): void {
  const order = groups.flatMap(([heading, names]) => names.map(name => ({ heading, name })))
  const places = new Map(order.map(({ name }, at) => [name, at]))
  const placeOf = (name: string): number => places.get(name) ?? -1
  for (const option of options) {
    const place = order[placeOf(option.name())]
    if (place) option.helpGroup(`${place.heading} options:`)
  }
  ;(options as Command['options'][number][]).sort((a, b) => placeOf(a.name()) - placeOf(b.name()))
}

function afterText(after: After | undefined, bold: (text: string) => string): string {
  const { examples = [], codes = {} } = after ?? {}
  return [
    ...(examples.length === 0 ? [] : ['', bold('Examples:')]),
    ...examples.flatMap(([purpose, line]) => [`  ${purpose}`, `    ${line}`]),
    '',
    bold('Exit codes:'),
    ...commonCodes.flatMap(([code, meaning]) => (codes[code] === null ? [] : [`  ${code}  ${codes[code] ?? meaning}`])),
  ].join('\n')
}

function widthOf({ env, screen }: Io): number {
  const { COLUMNS = '' } = env
  const columns = /^\d+$/.test(COLUMNS) ? Number(COLUMNS) : (screen()?.columns ?? usual)
  return columns === 0 ? usual : Math.max(least, columns)
}
