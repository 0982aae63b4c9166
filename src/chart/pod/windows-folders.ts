import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Value } from '../../evaluate/value/value.ts'
import type { Arguments, Use } from '../../resolve/use.ts'
import { textsOf } from '../../rules/texts-of.ts'
import type { Span } from '../../source.ts'
import { behindLast, upTo } from '../../text/cut.ts'
import { normalizePath, relativeTo } from './mounts/paths.ts'
import type { PodOnWindows } from './pod-on-windows.ts'

/** Notes each folder that components name and that no volume shows to a container on Windows, once. */
export function windowsFolders(uses: readonly Use[], { isHostProcess, mounted }: PodOnWindows): readonly Diagnostic[] {
  if (isHostProcess) return []
  // Every pod has the configuration and the account's token.
  const shown = ['/etc/alloy', '/var/run/secrets', ...mounted].map(keyOf)
  const found = new Map<string, { readonly folder: string; readonly components: Set<string>; readonly span: Span }>()
  for (const { id, block, arguments: body } of uses)
    for (const [path, name] of pathsIn(body)) {
      if (shown.some(at => relativeTo(keyOf(path), at) !== null)) continue
      const folder = folderOf(path, name)
      const known = found.get(keyOf(folder)) ?? { folder, components: new Set(), span: block.header }
      found.set(keyOf(folder), known)
      known.components.add(id)
    }
  return [...found.values()].map(({ folder, components, span }) =>
    diagnostic('windows-folder-not-mounted', span, { folder, components: [...components] }),
  )
}

/** Paths with the argument that names each: texts that begin with a drive, and files of targets, which may go without one. */
function pathsIn({ attributes, blocks }: Arguments): readonly (readonly [path: string, name: string])[] {
  const own = [...attributes.values()].flatMap(({ name, value }) =>
    [...textsOf(value), ...filesOf(value).flatMap(each => textsOf(each).map(text => text?.replace(/^[\\/]/, 'C:$&')))]
      .filter(text => text && /^[A-Za-z]:[\\/]/.test(text))
      .map(text => [upTo(String(text), '*?[{'), name] as const),
  )
  return [...own, ...blocks.flatMap(({ body }) => pathsIn(body))]
}

/** The label of targets that names a file. */
function filesOf(value: Value): readonly Value[] {
  if (value.kind === 'array') return [...value.items, ...value.openElements].flatMap(filesOf)
  const path = value.kind === 'object' ? value.entries.get('__path__') : undefined
  return path ? [path] : []
}

/** The folder that a volume would show; what is on the drive itself stands for itself. */
function folderOf(path: string, argument: string): string {
  if (/(?:dir|directory|folder)$/.test(argument)) return path
  const folder = path.slice(0, Math.max(0, behindLast(path, '\\/') - 1))
  return /[\\/]/.test(folder.slice(2)) ? folder : path
}

/** One name for paths that are one to Windows: it knows no case, two slashes, and a path without a drive is on C. */
const keyOf = (path: string): string =>
  normalizePath(
    `/${path
      .replace(/^[\\/]/, 'c:/')
      .replaceAll('\\', '/')
      .toLowerCase()}`,
  )
