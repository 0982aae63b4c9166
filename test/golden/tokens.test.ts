import { check } from '../../scripts/conformance/tokens.ts'
import { vectors } from './vectors.ts'

vectors('tokens', check)
