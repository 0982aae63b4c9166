import type { Entry } from '../entry.ts'

/** Stage 4: charts that are audited. */
export const auditEntries = {
  'no-alloy-chart': {
    code: 'ARB480',
    severity: 'error',
    message: ({ path }: { path: string }) =>
      `${path} has neither the Alloy chart, nor a chart that depends on it, nor values of it with rbac.rules`,
    help: 'name the folder that has Chart.yaml, an archive that helm package or helm pull wrote, or a values file',
  },
  'chart-archive': {
    code: 'ARB481',
    severity: 'error',
    message: ({ path, why }: { path: string; why: string }) => `${path} cannot be read as a chart archive: ${why}`,
    help: 'write it with helm package or helm pull, or name the unpacked folder',
  },
  'unread-rule': {
    code: 'ARB482',
    severity: 'warning',
    message: ({ place }: { place: string }) =>
      `${place} is not a rule with lists of text and at least one verb, and is left as it is`,
  },
  'default-configuration-unknown': {
    code: 'ARB483',
    severity: 'note',
    message: ({ chart, why }: { chart: string; why: string }) =>
      `which grants the default configuration of ${chart} needs is not known: ${why}`,
  },
  'too-many-default-grants': {
    code: 'ARB486',
    severity: 'error',
    message: ({ chart, limit }: { chart: string; limit: string }) =>
      `the default rules of ${chart} stand for more than ${limit} grants`,
    help: 'use fewer names in one rule, or wildcards',
  },
  'chart-folder-cut': {
    code: 'ARB487',
    severity: 'warning',
    message: ({ path }: { path: string }) =>
      `${path} has more than 20,000 YAML files, or folders more than 16 levels deep; the rest is not read`,
    help: 'name the folder of the chart',
  },
  'rules-in-namespaces': {
    code: 'ARB484',
    severity: 'note',
    message: ({ count }: { count: number }) =>
      `rbac.namespaces is not empty, so the chart makes a Role in ${count === 1 ? 'that namespace' : `each of ${count} namespaces`} and does not use rbac.clusterRules; the audit compares all rules`,
  },
  'rules-switched-off': {
    code: 'ARB485',
    severity: 'note',
    message: () => 'rbac.create is false, so the chart grants none of these rules',
  },
} as const satisfies Record<string, Entry>
