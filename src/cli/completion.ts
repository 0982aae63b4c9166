import type { Command } from './options.ts'

/** The shells that completions are made for. */
export const shells = ['bash', 'zsh', 'fish'] as const

/** A script for a shell that completes commands, options and their choices; everything else is completed as a file. */
export function completionScript(shell: (typeof shells)[number], root: Command): string {
  const lines = { bash, zsh, fish }[shell](root)
  return `${lines.join('\n')}\n`
}

type Options = Command['options']

const flagsOf = (options: Options): readonly string[] => [
  ...options.flatMap(({ short, long }) => [short, long].filter(flag => flag !== undefined)),
  ...['-h', '--help'],
]

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Bash asks a function, which sees the words so far. Where it finds nothing, `-o default` completes files. */
function bash({ commands }: Command): readonly string[] {
  const names = commands.map(each => each.name())
  const choices = commands.flatMap(command =>
    command.options.flatMap(({ long, argChoices }) =>
      argChoices ? [`    ${quoted(`${command.name()} ${long}`)}) words=${quoted(argChoices.join(' '))} ;;`] : [],
    ),
  )
  const valued = [...new Set(commands.flatMap(({ options }) => options.filter(each => each.required)))]
  const valueFlags = [...new Set(flagsOf(valued).filter(flag => !flag.endsWith('help') && flag !== '-h'))]
  return [
    '# alloy-rbac completion for bash: source <(alloy-rbac completion bash)',
    '_alloy_rbac() {',
    '  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command="" words="" word',
    '  # Bash takes the sign of --format=json for a word of its own.',
    '  if [[ $current == = ]]; then current=""; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    `    case $word in ${names.join('|')}) command=$word; break ;; esac`,
    '  done',
    '  case "$command $previous" in',
    ...choices,
    `    *' '${valueFlags.join("|*' '")}) COMPREPLY=(); return ;;`,
    '    *)',
    '      case "$command $current" in',
    ...commands.map(
      each => `        ${quoted(`${each.name()} -`)}*) words=${quoted(flagsOf(each.options).join(' '))} ;;`,
    ),
    ...commands
      .filter(each => each.registeredArguments.some(({ argChoices }) => argChoices))
      .map(each => `        ${quoted(`${each.name()} `)}*) words=${quoted(argumentChoices(each).join(' '))} ;;`),
    `        ' -'*) words='-V --version -h --help' ;;`,
    `        ' '*) words=${quoted([...names, 'help'].join(' '))} ;;`,
    '      esac',
    '      ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _alloy_rbac alloy-rbac',
  ]
}

const argumentChoices = (command: Command): readonly string[] =>
  command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])

/** Zsh describes each option to `_arguments`. */
function zsh({ commands }: Command): readonly string[] {
  const plain = (text: string): string => text.replaceAll(/[[\]:\\]/g, sign => `\\${sign}`)
  const spec = ({ short, long, required, description, argChoices }: Options[number]): readonly string[] =>
    [short, long].flatMap(flag => {
      if (flag === undefined) return []
      const value = argChoices ? `:value:(${argChoices.join(' ')})` : ':value:_files'
      const repeat = description.includes('repeatable') ? '*' : ''
      return [`      ${quoted(`${repeat}${flag}[${plain(description)}]${required ? value : ''}`)} \\`]
    })
  return [
    '#compdef alloy-rbac',
    '# alloy-rbac completion for zsh: source <(alloy-rbac completion zsh)',
    '_alloy_rbac() {',
    '  local -a commands=(',
    ...commands.map(each => `    ${quoted(`${each.name()}:${plain(each.description())}`)}`),
    '  )',
    '  if (( CURRENT == 2 )); then',
    '    _describe command commands',
    '    return',
    '  fi',
    '  local command=${words[2]}',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case $command in',
    ...commands.flatMap(each => [
      `    ${each.name()}) _arguments \\`,
      ...each.options.flatMap(spec),
      `      '(- *)'{-h,--help}'[display help for command]' \\`,
      argumentChoices(each).length > 0
        ? `      ${quoted(`1:shell:(${argumentChoices(each).join(' ')})`)} ;;`
        : "      '*:input:_files' ;;",
    ]),
    '  esac',
    '}',
    'compdef _alloy_rbac alloy-rbac',
  ]
}

/** Fish has one line for each thing that may come next. */
function fish({ commands }: Command): readonly string[] {
  const line = (condition: string, what: string, description: string): string =>
    `complete -c alloy-rbac -n ${quoted(condition)} ${what} -d ${quoted(description)}`
  return [
    '# alloy-rbac completion for fish: alloy-rbac completion fish | source',
    ...commands.map(each => line('__fish_use_subcommand', `-f -a ${each.name()}`, each.description())),
    ...commands.flatMap(each => {
      const seen = `__fish_seen_subcommand_from ${each.name()}`
      const choices = argumentChoices(each)
      return [
        ...(choices.length > 0 ? [line(seen, `-f -a ${quoted(choices.join(' '))}`, 'shell')] : []),
        ...each.options.map(({ short, long, required, description, argChoices }) => {
          const flags = [short && `-s ${short.slice(1)}`, long && `-l ${long.slice(2)}`].filter(Boolean).join(' ')
          const value = argChoices ? ` -x -a ${quoted(argChoices.join(' '))}` : ' -r'
          return line(seen, flags + (required ? value : ''), description)
        }),
      ]
    }),
  ]
}
