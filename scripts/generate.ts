// npm run generate: writes what is derived from the grammar and committed beside it.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cstTypes, ebnf } from '../grammar/generate.ts'
import { AlloyParser } from '../grammar/parser.ts'

const folder = fileURLToPath(new URL('../../grammar/', import.meta.url))
const parser = new AlloyParser({ validate: true })
writeFileSync(`${folder}alloy.ebnf`, ebnf(parser))
writeFileSync(`${folder}cst.d.ts`, cstTypes(parser))
