import type { Value } from '../evaluate/value.ts'
import type { Arguments, Use } from '../resolve/use.ts'

/** Paths in the container that arguments and variables name, whether or not a fact says what for. */
export interface NamedFiles {
  readonly paths: readonly string[]
  /** An argument that is called like a path is not known. */
  readonly isOpen: boolean
}

/** What arguments for paths are called in every component. */
const calledLikeAPath = /(?:^|_)(?:dir|directory|file|filename|files|folder|path|paths)$/

/** Finds the paths that uses and the variables of their container name. */
export function namedFiles(uses: readonly Use[], variables: Iterable<string>): NamedFiles {
  const paths = new Set<string>()
  let isOpen = false
  for (const text of variables) for (const path of pathsOf(text)) paths.add(path)
  const visit = ({ attributes, blocks }: Arguments): void => {
    for (const { name, value } of attributes.values()) {
      const found = textsOf(value)
      for (const text of found) for (const path of text === null ? [] : pathsOf(text)) paths.add(path)
      if (calledLikeAPath.test(name) && found.includes(null)) isOpen = true
    }
    for (const { body } of blocks) visit(body)
  }
  for (const each of new Set(uses.map(use => use.arguments))) visit(each)
  return { paths: [...paths], isOpen }
}

/** An absolute path of Linux or Windows, by itself or in the address of a socket. */
function pathsOf(text: string): readonly string[] {
  const path = text.replace(/^(?:unix|file):(?:\/\/)?(?=\/)/, '')
  return /^(?:\/[^/]|[A-Za-z]:[\\/])/.test(path) ? [path] : []
}

/** The texts in a value; of one that is known in part the folder of its beginning, null where not even that is known. */
function textsOf(value: Value): readonly (string | null)[] {
  switch (value.kind) {
    case 'string':
      return [value.value]
    case 'array':
      return [...value.items, ...value.rest].flatMap(textsOf)
    case 'object':
      return [...value.entries.values()].flatMap(textsOf)
    case 'pattern': {
      const [first] = value.parts
      return [typeof first === 'string' && first.includes('/') ? first.slice(0, first.lastIndexOf('/') + 1) : null]
    }
    case 'unknown':
      return value.candidates ? value.candidates.flatMap(textsOf) : [null]
    default:
      return []
  }
}
