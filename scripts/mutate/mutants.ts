/** A change that a test should notice. */
export interface Mutant {
  /** The compiled file, from the root of the checkout. */
  readonly file: string
  /** 1-based; 0 for an entry of the rule map. */
  readonly line: number
  readonly before: string
  readonly after: string
  /** The whole file with the change. */
  readonly text: string
}

type Change = (line: string) => string | null

const swap =
  (from: RegExp, to: string): Change =>
  line =>
    from.test(line) ? line.replace(from, to) : null

/** What is done to a line of compiled code, which has one statement a line. Null where it does not apply. */
const changes: readonly Change[] = [
  // A statement that is not there.
  line =>
    /^\s+(?!(?:const|let|return|export|import|case|default|break|continue|throw|yield|\}|\/\/|\*|\.|\?|:|&|\|)\b)[\w.]+(?:\(|\.|\[| [-+|&]?= ).*;$/.test(
      line,
    )
      ? line.replace(/\S.*$/, ';')
      : null,
  line =>
    /^\s+(?:return|continue|break)\b.*;$/.test(line) && !/\breturn \S+ =>/.test(line)
      ? line.replace(/\S.*$/, ';')
      : null,
  // A condition the other way round.
  line => {
    const [, start, condition, end] = line.match(/^(\s*(?:\} else )?if \()(.*)(\)(?: \{)?(?: return.*;)?)$/) ?? []
    return condition === undefined ? null : `${start}!(${condition})${end}`
  },
  swap(/ === /, ' !== '),
  swap(/ !== /, ' === '),
  swap(/ && /, ' || '),
  swap(/ \|\| /, ' && '),
  swap(/\btrue\b/, 'false'),
  swap(/\bfalse\b/, 'true'),
  swap(/\.some\(/, '.every('),
  swap(/\.every\(/, '.some('),
  swap(/ < /, ' <= '),
  swap(/ > /, ' >= '),
  swap(/ <= /, ' < '),
  swap(/ >= /, ' > '),
]

/** Every mutant of a compiled file. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const lines = text.split('\n')
  return lines.flatMap((line, at) =>
    /^\s*(?:\/\*\*|\*|\/\/|import |export \{)/.test(line)
      ? []
      : changes.flatMap(change => {
          const after = change(line)
          return after === null || after === line
            ? []
            : [{ file, line: at + 1, before: line.trim(), after: after.trim(), text: lines.with(at, after).join('\n') }]
        }),
  )
}

/** An entry of the rule map, as far as mutants change it. */
interface Rules {
  readonly grants?: Readonly<Record<string, object>>
  readonly privileges?: Readonly<Record<string, object>>
}

/** Every mutant of the compiled rule map: a rule that is not there, a rule without its condition. */
export function ruleMutants(
  file: string,
  text: string,
  components: Readonly<Record<string, string>>,
): readonly Mutant[] {
  return Object.entries(components).flatMap(([name, json]) => {
    const entry = JSON.parse(json) as Rules
    return (['grants', 'privileges'] as const).flatMap(part =>
      Object.entries(entry[part] ?? {}).flatMap(([rule, body]) => {
        const { [rule]: _, ...others } = entry[part]!
        const { when, ...always } = body as { when?: unknown }
        const made = (what: string, rules: object): Mutant => ({
          file,
          line: 0,
          before: `${name}#${rule}`,
          after: what,
          text: `${text}\ncomponents[${JSON.stringify(name)}] = ${JSON.stringify(JSON.stringify({ ...entry, [part]: rules }))}\n`,
        })
        const without = made('no such rule', others)
        return when === undefined ? [without] : [without, made('holds always', { ...entry[part], [rule]: always })]
      }),
    )
  })
}
