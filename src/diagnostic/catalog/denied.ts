import { denied, deniedPerhaps, type Edit, editInWords } from '../edit-in-words.ts'
import type { Entry } from '../entry.ts'
import { type LinuxRefusal, linuxAdvice } from '../linux-advice.ts'
import { privilegesInWords } from '../privileges-in-words.ts'

const passConfiguration = (instance: string): string =>
  `the configuration does not contain ${instance}: pass the one that this pod runs with --config`

/** Stage 4: refusals in logs, audit events and answers. */
export const deniedEntries = {
  'denied-and-needed': {
    code: 'ARB423',
    severity: 'error',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, which ${components} needs`,
    helpFor: denied,
  },
  'denied-where-not-needed': {
    code: 'ARB424',
    severity: 'warning',
    message: ({ account, grant, there }: { account: string; grant: string; there: string }) =>
      `${account} is denied ${grant}, but the configuration needs only ${there}`,
    help: 'do not grant it: find out whether Alloy runs another configuration than this one, or another program uses the account',
    helpFor: denied,
  },
  'denied-without-need': {
    code: 'ARB425',
    severity: 'warning',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, but no component of the configuration needs it${risk}`,
    help: 'do not grant it: Alloy runs a different configuration than this one, or another program uses the account',
    helpFor: denied,
  },
  'denied-and-optional': {
    code: 'ARB426',
    severity: 'note',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, but ${components} works without it`,
    helpFor: denied,
  },
  'denied-and-possible': {
    code: 'ARB427',
    severity: 'warning',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) => `${account} is denied ${grant}, which these components may request: ${components}${risk}`,
    helpFor: deniedPerhaps,
  },
  'denied-without-account': {
    code: 'ARB428',
    severity: 'warning',
    message: ({ user, grant }: { user: string; grant: string }) =>
      `${user}, which is not a service account, is denied ${grant}`,
    help: 'mount the token and make the component send it, or check which identity the component uses',
  },
  'denied-to-no-component': {
    code: 'ARB429',
    severity: 'warning',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, which no Alloy component requests${risk}`,
    help: 'do not grant it: another program uses the account',
    helpFor: denied,
  },
  'denied-to-instance': {
    code: 'ARB455',
    severity: 'warning',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) => `${account} is denied ${grant}, which ${components} asked for${risk}`,
    helpFor: deniedPerhaps,
  },
  'denied-to-absent-instance': {
    code: 'ARB454',
    severity: 'warning',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, which ${components} asked for, but the configuration does not contain ${components}`,
    help: 'pass the configuration that this pod runs with --config; grant nothing until then',
    helpFor: denied,
  },
  'denied-beyond-the-map': {
    code: 'ARB449',
    severity: 'warning',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) =>
      `${account} is denied ${grant}, which ${components} asked for, although nothing is known to make it need that${risk}`,
    help: 'do not grant it before its source or documentation says why; a newer release of alloy-rbac may know',
    helpFor: denied,
  },
  'denied-by-linux': {
    code: 'ARB450',
    severity: 'warning',
    message: ({ who, what, error }: { who: string; what: string; error: string }) =>
      `Linux does not let ${who} ${what === '' ? 'do what the line says' : what}: ${error}`,
    helpFor: ({
      absent,
      lines,
      refusal,
    }: {
      absent: string | null
      lines: readonly string[]
      refusal: LinuxRefusal
    }) => {
      if (absent !== null) return passConfiguration(absent)
      const made =
        lines.length === 0 ? '' : `generate makes a pod that ${privilegesInWords(lines.join(' · '))}; by hand: `
      return made + linuxAdvice(refusal)
    },
  },
  'answered-forbidden': {
    code: 'ARB451',
    severity: 'warning',
    message: ({ who, server, lines }: { who: string; server: string; lines: string }) =>
      `${who} was answered 403 Forbidden by ${server}${lines === '' ? '' : `, which asks the authorizer for ${lines}`}`,
    helpFor: ({ absent, edit }: { absent: string | null; edit: Edit | null }) => {
      if (absent !== null) return passConfiguration(absent)
      return edit === null ? 'pass the configuration with --config: it says where the request goes' : editInWords(edit)
    },
  },
  'answered-by-another-server': {
    code: 'ARB452',
    severity: 'note',
    message: ({ who, server }: { who: string; server: string }) =>
      `${who} was answered 403 Forbidden by ${server}, which is not a matter of this account's roles`,
    help: 'check the credentials that the component sends to that server',
  },
  'denied-to-grant': {
    code: 'ARB453',
    severity: 'warning',
    message: ({ user, lines }: { user: string; lines: string }) =>
      `${user} makes a role with permissions that it does not have itself: ${lines}`,
    help: 'install as an account that has these, or give the installing account the role that alloy-rbac installer prints',
  },
  'denied-by-autopilot': {
    code: 'ARB435',
    severity: 'error',
    message: ({ account, grant, who }: { account: string; grant: string; who: string }) =>
      `${account} is denied ${grant} by GKE Autopilot (Warden), not by RBAC: no role changes that${who}`,
    help: 'do without it: discover the pods of the own node with discovery.kubernetes and a field selector on spec.nodeName, request only kubelet paths for which nodes/metrics or another fine-grained permission is enough, or let Google Cloud Managed Service for Prometheus collect the metrics of kubelets',
  },
  'log-line-too-long': {
    code: 'ARB433',
    severity: 'warning',
    message: ({ limit }: { limit: number }) =>
      `this line of the log, and perhaps others, is longer than ${limit.toLocaleString('en-US')} characters, and its end was not read`,
    help: 'split the log into its lines: this is not how Alloy writes it',
  },
  'too-many-refusals': {
    code: 'ARB434',
    severity: 'warning',
    message: ({ limit }: { limit: number }) =>
      `the log tells of more than ${limit.toLocaleString('en-US')} different refusals; those from this line on were not read`,
    help: 'grant what is listed first, and read the log again',
  },
} as const satisfies Record<string, Entry>
