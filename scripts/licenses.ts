import { readdirSync, readFileSync } from 'node:fs'

/** The packages that modules of a bundle come from. */
export function packagesOf(modules: Iterable<string>): readonly string[] {
  const found = [...modules].flatMap(path => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? [])
  return [...new Set(found)].sort()
}

/** The licenses of packages that are part of a bundle, as they want to be handed on; each text once. */
export function printLicenses(root: string, packages: readonly string[]): string {
  const byText = new Map<string, string[]>()
  for (const name of packages) {
    const folder = `${root}node_modules/${name}`
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each))
    if (file === undefined) throw new Error(`${name} has no file with its license`)
    const text = readFileSync(`${folder}/${file}`, 'utf8').trim()
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}: ${license}`])
  }
  const texts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`)
  return `This package holds code of the packages below.\n\n${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`
}
