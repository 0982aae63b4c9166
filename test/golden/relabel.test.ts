import { check, type RelabelVector } from '../../scripts/conformance/relabel.ts'
import { vectors } from './vectors.ts'

vectors<RelabelVector>('relabel', check)
