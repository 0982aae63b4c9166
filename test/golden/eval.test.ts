import { check } from '../../scripts/conformance/eval.ts'
import { vectors } from './vectors.ts'

vectors('eval', check)
