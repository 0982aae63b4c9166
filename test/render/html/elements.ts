/** An element of a page, with what it holds. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

const void_ = new Set(['meta', 'wbr', 'br', 'path', 'rect', '!doctype'])
const tag = /<(\/?)([!a-z][\w]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*\/?>/gy
const attribute = /([\w:-]+)(?:="([^"]*)")?/g

/** Reads a page that this program made: every sign that begins a tag has to begin one of a known form, and every element to end. */
export function elementsOf(page: string): Element {
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' }
  const open: (typeof root)[] = [root]
  let at = 0
  while (at < page.length) {
    const next = page.indexOf('<', at)
    const until = next === -1 ? page.length : next
    open.at(-1)!.text += page.slice(at, until)
    if (next === -1) break
    tag.lastIndex = next
    const found = tag.exec(page)
    if (found === null) throw new Error(`no tag of a known form: ${page.slice(next, next + 80)}`)
    const [whole, closes, name = '', rest = ''] = found
    at = next + whole.length
    if (closes) {
      if (open.at(-1)!.name !== name)
        throw new Error(`</${name}> ends <${open.at(-1)!.name}>: ${page.slice(next - 80, at)}`)
      open.pop()
      continue
    }
    const attributes = Object.fromEntries([...rest.matchAll(attribute)].map(([, key, value = '']) => [key!, value]))
    const element = { name, attributes, children: [], text: '' }
    open.at(-1)!.children.push(element)
    if (name === 'style') {
      const end = page.indexOf('</style>', at)
      element.text = page.slice(at, end)
      at = end
    }
    if (!void_.has(name)) open.push(element)
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> does not end`)
  return root
}

/** Every element of a page in its order. */
export const allOf = (element: Element): readonly Element[] => [element, ...element.children.flatMap(allOf)]
