import { check, type RequestVector } from '../../scripts/conformance/request-attributes.ts'
import { vectors } from './vectors.ts'

vectors<RequestVector>('request-attributes', check)
