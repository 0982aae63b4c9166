import type { BootstrapTable } from '../../kubernetes/bootstrap.ts'

export const bootstrap: BootstrapTable
