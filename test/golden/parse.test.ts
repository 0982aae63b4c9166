import { existsSync } from 'node:fs'
import { check } from '../../scripts/conformance/parse.ts'
import { vectors } from './vectors.ts'

vectors('parse', check)
// Inputs of Alloy's own tests are not copied here.
if (existsSync(`${process.env['ALLOY_GOLDEN'] ?? ''}/parse-upstream.jsonl`)) vectors('parse-upstream', check)
