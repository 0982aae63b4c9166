// Writes the pages of docs/ that are made of the catalog, the rule map and the help texts.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pages } from './docs/pages.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
for (const [path, text] of await pages(root)) writeFileSync(`${root}${path}`, text)
