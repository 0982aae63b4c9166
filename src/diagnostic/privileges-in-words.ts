/** Who has privileges: a container that their lines name, else the pod; and what they are. */
export function holderInWords(lines: string): string {
  const [, container, first = ''] = /^container (\S+): (.*)$/s.exec(lines) ?? []
  if (container === undefined) return `the pod ${privilegesInWords(lines)}`
  const own = first.split(` · container ${container}: `)
  const isWhole = /^(?:capability|mount|the) /
  return `the container ${container} ${privilegesInWords(own.map(line => (isWhole.test(line) ? line : `pod ${line}`)).join(' · '))}`
}

/** Privilege lines as what a pod does: `pod root · pod privilegeEscalation` is `runs as root and may escalate privileges`. */
export function privilegesInWords(lines: string): string {
  const all = lines.split(' · ')
  const capabilities = all.flatMap(line => (line.startsWith('capability ') ? [line.slice('capability '.length)] : []))
  const phrases = all.flatMap(line => {
    const name = line.startsWith('capability ') ? line.slice('capability '.length) : null
    if (name === null) return [phraseOf(line)]
    if (name !== capabilities[0]) return []
    return [`has the ${capabilities.length === 1 ? 'capability' : 'capabilities'} ${capabilities.join(', ')}`]
  })
  if (phrases.length < 3) return phrases.join(' and ')
  return `${phrases.slice(0, -1).join(', ')}, and ${phrases.at(-1)}`
}

const settings: Readonly<Record<string, string>> = {
  'pod privileged': 'is privileged',
  'pod root': 'runs as root',
  'pod token': 'has the token of its account',
  'pod privilegeEscalation': 'may escalate privileges',
  'pod writableRootFilesystem': 'has a writable root file system',
  'pod seccompUnconfined': 'runs without a seccomp profile',
  'pod appArmorUnconfined': 'runs without an AppArmor profile',
}

function phraseOf(line: string): string {
  const setting = settings[line]
  if (setting !== undefined) return setting
  const [kind = '', rest = ''] = /^(\w+) (.*)$/s.exec(line)?.slice(1) ?? []
  switch (kind) {
    case 'pod':
      return `uses ${rest}`
    case 'mount':
      return `mounts ${rest.replace(/ ro$/, ' read-only').replace(/ rw$/, ' writable')}`
    case 'writable':
      return `can write to ${rest}`
    default:
      return `has ${line}`
  }
}
