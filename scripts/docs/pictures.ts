import { readdirSync, readFileSync } from 'node:fs'
import { analyze, render, type Texts } from '../../src/index.ts'
import type { GenerateJson } from '../../src/render/documents/generate.ts'
import { picture } from './picture.ts'

/** Pages that lead from a file that they show, and how they call it. */
const guides: Readonly<Record<string, string>> = {
  'argo-cd': 'app.yaml',
  flux: 'release.yaml',
  'k8s-monitoring': 'rendered.yaml',
  'umbrella-charts': 'values.yaml',
}

/** The pictures of the pages, by their path in the checkout: of the configuration in the README, of each example, and of what a guide begins with. */
export function pictures(root: string): ReadonlyMap<string, string> {
  const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
  const [, demo = ''] = read('README.md').match(/```alloy\n([\s\S]*?)```/) ?? []
  const shown = [
    ['demo', { 'config.alloy': demo }] as const,
    ...readdirSync(`${root}examples`).map(
      name => [name, { 'config.alloy': read(`examples/${name}/config.alloy`) }] as const,
    ),
    ...Object.entries(guides).map(
      ([page, file]) => [page, { [file]: shownFile(read(`docs/${page}.md`), file) }] as const,
    ),
  ]
  return new Map(shown.map(([name, texts]) => [`docs/pictures/${name}.svg`, pictureOf(texts)]))
}

/** A file as a page shows it: the block below its name. */
function shownFile(page: string, name: string): string {
  const fence = '```'
  const [, rest] = page.split(`\n\`${name}\`:\n\n${fence}yaml\n`)
  const [text] = rest?.split(fence) ?? []
  if (text === undefined) throw new Error(`the page does not show ${name}`)
  return text
}

function pictureOf(texts: Texts): string {
  const { value } = analyze(texts)
  const made = value && render.json(value).value
  if (made === null) throw new Error(`a picture shows a plan, and there is none of ${Object.keys(texts).join(', ')}`)
  // What the schema of the document says of it.
  return picture(JSON.parse(made) as GenerateJson)
}
