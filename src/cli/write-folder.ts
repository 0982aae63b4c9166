import { join } from '../input/path.ts'
import type { AllDocuments } from '../session/generate-all.ts'
import { withoutSlash } from '../text/cut.ts'
import { Unusable } from './exit.ts'
import type { Io } from './io.ts'
import type { GenerateOptions } from './options.ts'
import { refuseOverwriting } from './outputs.ts'
import { reasonOf, write } from './report.ts'

const endings: Readonly<Record<GenerateOptions['format'], string>> = {
  values: 'yaml',
  manifests: 'yaml',
  json: 'json',
  'can-i': 'sh',
  html: 'html',
}

/** Writes a file for each configuration into the folder of `-o`, which is made where there is none. */
export function writeFolder({ each }: AllDocuments, { output = '.', format }: GenerateOptions, io: Io): void {
  const folder = withoutSlash(output)
  const names = fileNames(each.map(({ name }) => name))
  const files = each.map((document, at) => ({ ...document, path: `${folder}/${names[at] ?? at}.${endings[format]}` }))
  makeFolder(folder, io)
  for (const { path } of files) refuseOverwriting({ output: path }, io)
  for (const { path, text } of files) write(path, text, io)
}

function makeFolder(path: string, io: Io): void {
  try {
    io.disk.makeFolder(join(io.cwd, path))
  } catch (error) {
    throw new Unusable(`${path} cannot be made: ${reasonOf(error)}`)
  }
}

/** Names of files for names of configurations, no two alike even where capital letters do not count. */
function fileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map(name => {
    const plain =
      name
        .replace(/[^\w.-]+/g, '-')
        .replace(/^[-.]+|-$/g, '')
        .slice(0, longest) || 'configuration'
    let free = plain
    for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${plain}-${count}`
    taken.add(free.toLowerCase())
    return free
  })
}

/** File systems take 255 bytes. */
const longest = 200
