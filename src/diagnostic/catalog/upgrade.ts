import type { Entry } from '../entry.ts'

/** Stage 4: what another release needs. */
export const upgradeEntries = {
  'upgrade-of-rendered-workload': {
    code: 'ARB430',
    severity: 'error',
    message: () => 'this workload is already rendered and does not show which values the new chart will get',
    help: 'pass the values, or the Alloy files if the chart runs with its defaults; of another chart, such as k8s-monitoring, render both of its versions: alloy-rbac compare old.yaml new.yaml',
  },
  'upgrade-removes-a-grant': {
    code: 'ARB431',
    severity: 'error',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `${components} needs ${grant}, which chart ${version} no longer grants`,
    help: 'apply the values below together with the new chart',
  },
  'upgrade-needs-a-grant': {
    code: 'ARB432',
    severity: 'error',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `with the Alloy of chart ${version}, ${components} needs ${grant}, which nothing grants`,
    help: 'apply the values below together with the new chart',
  },
  'upgrade-needs-a-privilege': {
    code: 'ARB436',
    severity: 'error',
    message: ({ privilege, version }: { privilege: string; version: string }) =>
      `with chart ${version}, the configuration needs ${privilege}, which the pod does not have`,
    help: 'apply the values below together with the new chart',
  },
  'upgrade-from-refused': {
    code: 'ARB437',
    severity: 'note',
    message: ({ chart, alloy, because }: { chart: string; alloy: string; because: string }) =>
      `chart ${chart} (Alloy ${alloy}) does not run this configuration, so nothing that works now can break: ${because}`,
    help: 'the answer is for the new chart alone',
  },
  'upgrade-to-refused': {
    code: 'ARB438',
    severity: 'error',
    message: ({ chart, alloy, because }: { chart: string; alloy: string; because: string }) =>
      `chart ${chart} (Alloy ${alloy}) does not run this configuration, which runs now: ${because}`,
    help: 'change the configuration together with the chart, or upgrade to a release that runs it',
  },
} as const satisfies Record<string, Entry>
