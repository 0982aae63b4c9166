/** Finds the groups of a match, the whole first; null where the text does not match. */
export type Match = (text: string) => readonly string[] | null

const literal = String.raw`(?:[\w :;,=@~%&<>"'#!/-]|\\\.)*`
const alternatives = new RegExp(`^${literal}(?:\\|${literal})*$`)
const wildcard = new RegExp(`^(${literal})(\\(?)\\.([*+])(\\)?)(${literal})$`)

/**
 * Reads an expression that is a choice of literals, or one wildcard between literals, as most are. The engine for all others
 * takes longer to load and to build than all the rest of such a rule. Null for every other expression, valid or not.
 */
export function plainPattern(source: string): Match | null {
  if (alternatives.test(source)) {
    const texts = new Set(source.split('|').map(plain))
    return text => (texts.has(text) ? [text] : null)
  }
  const [, before = '', open = '', repeat = '', close = '', after = ''] = source.match(wildcard) ?? []
  if (repeat === '' || open.length !== close.length) return null
  const [prefix, suffix] = [plain(before), plain(after)]
  const least = prefix.length + suffix.length + (repeat === '+' ? 1 : 0)
  return text => {
    if (text.length < least || !text.startsWith(prefix) || !text.endsWith(suffix)) return null
    return open === '' ? [text] : [text, text.slice(prefix.length, text.length - suffix.length)]
  }
}

const plain = (text: string): string => text.replaceAll('\\.', '.')
