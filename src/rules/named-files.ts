import type { Value } from '../evaluate/value/value.ts'
import type { Arguments, Use } from '../resolve/use.ts'
import { textsOf } from './texts-of.ts'

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
  // One value may be passed to thousands of arguments.
  const seen = new Set<Value>()
  const visit = ({ attributes, blocks }: Arguments): void => {
    for (const { name, value } of attributes.values()) {
      if (calledLikeAPath.test(name) && textsOf(value).includes(null)) isOpen = true
      for (const text of textsOf(value, seen)) for (const path of text === null ? [] : pathsOf(text)) paths.add(path)
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
