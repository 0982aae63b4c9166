// Writes the pages and pictures of docs/ that are made of the catalog, the rule map, the help texts and the examples.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pages } from './docs/pages.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
mkdirSync(`${root}docs/pictures`, { recursive: true })
for (const [path, text] of await pages(root)) writeFileSync(`${root}${path}`, text)
