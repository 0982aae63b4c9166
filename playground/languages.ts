import { StreamLanguage, type StringStream } from '@codemirror/language'

/** What a line continues: a comment or a raw string of Alloy. */
interface State {
  within: '*/' | '`' | null
}

/** Alloy's syntax as far as colors need it. */
export const alloy = StreamLanguage.define<State>({
  name: 'alloy',
  startState: () => ({ within: null }),
  token: (stream, state) => {
    if (state.within !== null) return rest(stream, state, state.within)
    if (stream.eatSpace()) return null
    if (stream.match('//')) return toEnd(stream)
    if (stream.match('/*')) return rest(stream, state, '*/')
    if (stream.match('`')) return rest(stream, state, '`')
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string'
    if (stream.match(/^\d[\w.]*/)) return 'number'
    if (stream.match(/^(?:true|false|null)\b/)) return 'atom'
    if (stream.match(/^[a-zA-Z_]\w*(?=\s*=)/)) return 'propertyName'
    if (stream.match(/^[a-zA-Z_][\w.]*(?=[^=]*\{\s*\}?\s*$)/)) return 'keyword'
    if (stream.match(/^[a-zA-Z_]\w*/)) return 'variableName'
    stream.next()
    return null
  },
})

/** YAML's syntax as far as colors need it. */
export const yaml = StreamLanguage.define<object>({
  name: 'yaml',
  startState: () => ({}),
  token: stream => {
    if (stream.eatSpace()) return null
    if (stream.match('#')) return toEnd(stream)
    if (stream.match(/^[\w./-]+(?=:(?:\s|$))/)) return 'propertyName'
    if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'(?:[^']|'')*'?/)) return 'string'
    if (stream.match(/^(?:true|false|null)\b/)) return 'atom'
    if (stream.match(/^-?\d[\d.]*\b/)) return 'number'
    if (!stream.match(/^[\w./-]+/)) stream.next()
    return null
  },
})

function toEnd(stream: StringStream): string {
  stream.skipToEnd()
  return 'comment'
}

function rest(stream: StringStream, state: State, end: '*/' | '`'): string {
  state.within = stream.skipTo(end) ? null : end
  if (state.within === null) stream.match(end)
  else stream.skipToEnd()
  return end === '`' ? 'string' : 'comment'
}
