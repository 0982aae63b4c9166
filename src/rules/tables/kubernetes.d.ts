import type { ResourceTable } from '../../kubernetes/resources.ts'

export const kubernetes: ResourceTable
