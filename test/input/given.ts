import type { Outcome } from '../../src/diagnostic/diagnostic.ts'
import type { Configuration } from '../../src/input/configuration.ts'
import { type Options, readInput } from '../../src/input/input.ts'
import type { Item } from '../../src/input/item.ts'
import { join } from '../../src/input/path.ts'
import type { Folder } from '../../src/input/read-files.ts'
import { locate, outermost, type Span } from '../../src/source.ts'

/** Files by path, in memory. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** Reads inputs out of files in memory; without paths all files, in their order. A path that is not a file is a folder. */
export function given(files: Files, paths: readonly string[] = Object.keys(files), options: Options = {}) {
  const items = paths.map((path): Item => {
    const content = files[path]
    return content === undefined ? { kind: 'folder', path } : { kind: 'file', path, content }
  })
  return readInput(items, folderOf(files), options)
}

/** The one configuration of a text, which has to be read without an error. */
export function only(files: Files | string, options: Options = {}): Configuration {
  const { value, diagnostics } = given(typeof files === 'string' ? { 'input.yaml': files } : files, undefined, options)
  const [first] = value
  if (!first || value.length > 1) throw new Error(`${value.length} configurations: ${said(diagnostics).join('\n')}`)
  return first
}

/** Configurations as lines: name, namespace, and what is run. */
export function listed({ value }: Outcome<readonly Configuration[]>): readonly string[] {
  return value.map(({ name, namespace, sources }) => {
    const texts = sources.map(({ path, text }) => `${path} ${JSON.stringify(text.split('\n')[0])}`)
    return `${name || '(top)'} in ${namespace ?? '?'}: ${texts.join(' + ')}`
  })
}

/** Diagnostics as lines: code, place in the file, message. */
export function said(diagnostics: Outcome<unknown>['diagnostics']): readonly string[] {
  return diagnostics.map(({ code, message, span }) => `${code} ${span ? at(span) : '-'} ${message}`)
}

/** `path:line:column` in the file that the user can open. */
export function at(span: Span): string {
  const { source, start } = outermost(span)
  const { line, column } = locate(source, start)
  return `${source.path}:${line}:${column}`
}

function folderOf(files: Files): Folder {
  return {
    list: path => {
      const below = Object.keys(files).filter(each => path === '.' || each.startsWith(`${path}/`))
      const rest = below.map(each => (path === '.' ? each : each.slice(path.length + 1)))
      const names = rest.map(each => each.split('/')[0]!)
      return names.length === 0 ? null : [...new Set(names)].reverse()
    },
    kind: path => {
      if (path in files) return 'file'
      return Object.keys(files).some(each => each.startsWith(`${path}/`)) ? 'folder' : null
    },
    read: path => files[path] ?? null,
    real: path => join('/', path),
  }
}
