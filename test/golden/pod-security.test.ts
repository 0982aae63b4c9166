import { check } from '../../scripts/conformance/pod-security.ts'
import { vectors } from './vectors.ts'

vectors('pod-security', check)
