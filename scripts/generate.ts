// npm run generate: writes what is derived from the grammar and committed beside it.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cstTypes, decisionsModule, ebnf, recordedParser } from '../grammar/generate.ts'

const folder = fileURLToPath(new URL('../../grammar/', import.meta.url))
const { parser, decisions } = recordedParser()
writeFileSync(`${folder}alloy.ebnf`, ebnf(parser))
writeFileSync(`${folder}cst.d.ts`, cstTypes(parser))
writeFileSync(`${folder}decisions.ts`, decisionsModule(decisions))
