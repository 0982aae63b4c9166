import { check as checkAuthorize } from '../../scripts/conformance/rbac-authorize.ts'
import { check as checkCovers } from '../../scripts/conformance/rbac-covers.ts'
import { vectors } from './vectors.ts'

vectors('rbac-authorize', checkAuthorize)
vectors('rbac-covers', checkCovers)
