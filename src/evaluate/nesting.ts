/** The deepest nesting of brackets that embedded JSON and YAML are read with. */
const DEEPEST = 500

/** Says whether a text may nest too deeply for a reader that calls itself; brackets inside strings count too. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  for (const unit of text) {
    if (unit === '[' || unit === '{') depth++
    else if (unit === ']' || unit === '}') depth--
    if (depth > DEEPEST) return true
  }
  return false
}
