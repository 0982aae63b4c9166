// npm run publishable: says what keeps the package from being published, and ends with 1 while there is something. In a workflow the
// package must also name the repository that the workflow runs in.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { obstacles } from './publishable/obstacles.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = [
  'README.md',
  ...readdirSync(`${root}docs`)
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]
const found = obstacles(
  JSON.parse(readFileSync(`${root}package.json`, 'utf8')),
  new Map(pages.map(path => [path, readFileSync(`${root}${path}`, 'utf8')])),
  process.env['GITHUB_REPOSITORY'] ?? null,
)
for (const each of found) console.error(each)
if (found.length > 0) process.exitCode = 1
