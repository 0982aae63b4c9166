/** A file of the page: a name, by which the answer calls it, and what it holds. */
export interface Text {
  readonly name: string
  readonly text: string
}

/** Says whether a text is YAML or JSON, as the command decides for standard input: its first line that says something has a key. */
export const looksLikeYaml = (text: string): boolean => {
  const line = text.split('\n').find(each => !/^\s*(#.*|\/\/.*)?$/.test(each)) ?? ''
  return /^(?:---|%YAML|[\w"'./-]+\s*:(?:\s|$)|- |\{)/.test(line)
}

/** A name for a text that was pasted. */
export const nameFor = (text: string): string => (looksLikeYaml(text) ? 'values.yaml' : 'config.alloy')

/** The same texts, with names of their own where several are alike. */
export function named(texts: readonly Text[]): readonly Text[] {
  const used = new Set<string>()
  return texts.map(({ name, text }) => {
    let own = name
    for (let at = 2; used.has(own); at++) own = name.replace(/(\.\w+)?$/, `-${at}$1`)
    used.add(own)
    return { name: own, text }
  })
}
