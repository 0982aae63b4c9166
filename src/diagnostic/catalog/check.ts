import { byGenerate, type Edit, editInWords, type PodEdits, podEditsInWords, ruleEdit } from '../edit-in-words.ts'
import type { Entry } from '../entry.ts'
import { grantsInWords } from '../grants-in-words.ts'
import { holderInWords, privilegesInWords } from '../privileges-in-words.ts'
import { type Settler, settlersInWords } from '../settlers-in-words.ts'

/** What would tell whether it is needed; null where that is known. */
export interface Settled {
  readonly settlers: readonly Settler[] | null
}

const settledWith = (todo: string, settlers: readonly Settler[] | null): string =>
  settlers === null ? todo : `${todo}; ${settlersInWords(settlers)}`

const byValuesOnly = ({ byValues }: { byValues: boolean }): string | null => (byValues ? byGenerate : null)

/** Stage 4: what a deployment grants against what it needs. */
export const checkEntries = {
  'missing-grant': {
    code: 'ARB401',
    severity: 'error',
    message: ({ grant, components }: { grant: string; components: string }) =>
      `${components} needs ${grantsInWords(grant)}, which no role of the account grants`,
    helpFor: ({ edit, settlers }: { edit: Edit } & Settled) => settledWith(editInWords(edit), settlers),
  },
  'excess-grant': {
    code: 'ARB402',
    severity: 'warning',
    message: ({ grant, rule, narrower, risk }: Record<'grant' | 'rule' | 'narrower' | 'risk', string>) =>
      `${rule} grants ${grantsInWords(grant)}, but ${narrower === '' ? 'no component needs it' : `only ${grantsInWords(narrower)} is needed`}${risk === '' ? '' : `; it ${risk}`}`,
    helpFor: ruleEdit,
  },
  'phantom-grant': {
    code: 'ARB403',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grantsInWords(grant)}, which no API in that group serves`,
    helpFor: ruleEdit,
  },
  'wildcard-grant': {
    code: 'ARB404',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grantsInWords(grant)} with a wildcard, which covers more than is needed`,
    help: 'list what is needed instead',
    helpFor: ruleEdit,
  },
  'rule-in-the-wrong-place': {
    code: 'ARB405',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} lists ${grantsInWords(grant)}, which is cluster-scoped, but the role is bound in a namespace, so the rule grants nothing`,
    help: 'move the rule to a ClusterRole with a ClusterRoleBinding',
    helpFor: ({ isOfChart, isNeeded }: { isOfChart: boolean; isNeeded: boolean }) => {
      if (isOfChart) return byGenerate
      return isNeeded ? null : 'remove it from the rule'
    },
  },
  'role-not-in-the-input': {
    code: 'ARB406',
    severity: 'error',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the account is bound to the ${kind} ${name}, which is not in the input`,
    helpFor: ({ kind, name, namespace }: { kind: string; name: string; namespace: string | null }) =>
      `add it to the input (kubectl get ${kind.toLowerCase()} ${name}${namespace === null ? '' : ` -n ${namespace}`} -o yaml), or remove the binding`,
  },
  'missing-privilege': {
    code: 'ARB407',
    severity: 'error',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `${components} needs a pod that ${privilegesInWords(privilege)}; this one does not`,
    helpFor: ({ edits, settlers }: PodEdits & Settled) => settledWith(podEditsInWords({ edits }), settlers),
  },
  'excess-privilege': {
    code: 'ARB408',
    severity: 'warning',
    message: ({ privilege }: { privilege: string }) => `${holderInWords(privilege)}, but no component needs it`,
    helpFor: podEditsInWords,
  },
  'token-without-need': {
    code: 'ARB409',
    severity: 'warning',
    message: (_: Record<never, never>) => "the service account's token is mounted, but no component needs it",
    help: 'set automountServiceAccountToken: false',
    helpFor: byValuesOnly,
  },
  'token-not-mounted': {
    code: 'ARB410',
    severity: 'error',
    message: ({ components }: { components: string }) =>
      `${components} needs the service account's token, which is not mounted`,
    help: 'set automountServiceAccountToken: true',
    helpFor: byValuesOnly,
  },
  'pod-refused': {
    code: 'ARB411',
    severity: 'error',
    message: ({ level, violations }: { level: string; violations: string }) =>
      `the namespace enforces the Pod Security Standard ${level}, which rejects this pod: ${violations}`,
    help: 'harden the pod, or run it in a namespace whose standard allows it',
  },
  'chart-does-not-render': {
    code: 'ARB412',
    severity: 'error',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render with these values: ${because}`,
  },
  'object-only-helm-renders': {
    code: 'ARB413',
    severity: 'warning',
    message: () => 'only Helm can render this object, so what it grants is not checked',
    help: 'check the rendered chart: helm template … | alloy-rbac check -',
  },
  'pod-on-windows': {
    code: 'ARB414',
    severity: 'note',
    message: () => 'the pod runs on Windows, where Linux privileges do not apply; only its grants are checked',
  },
  'nothing-bound': {
    code: 'ARB415',
    severity: 'note',
    message: ({ account }: { account: string }) => `nothing in the input is bound to the account ${account}`,
    help: 'add its roles and bindings to the input if they are applied separately',
  },
  'account-not-in-the-input': {
    code: 'ARB416',
    severity: 'note',
    message: ({ account }: { account: string }) =>
      `the ServiceAccount ${account} is not in the input and is assumed to mount its token`,
    help: 'add it to the input',
  },
  'folder-of-alloy-files': {
    code: 'ARB417',
    severity: 'note',
    message: ({ path, name }: { path: string; name: string }) =>
      `${path} is read the way Alloy reads it, with only its Alloy files; ${name} is ignored`,
    help: 'to include the manifests, pass the output of kustomize build; or move the Alloy files to a separate folder',
  },
  'privilege-used-on-some-nodes': {
    code: 'ARB418',
    severity: 'note',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `the pod ${privilegesInWords(privilege)}, which ${components} uses only on some nodes`,
    helpFor: ({ rules }: { rules: readonly string[] }) =>
      `remove it if you have no such nodes; to see what it is for: ${rules.map(rule => `alloy-rbac explain '${rule}'`).join(', ')}`,
  },
  'account-shared': {
    code: 'ARB443',
    severity: 'note',
    message: ({ account, workloads }: { account: string; workloads: readonly string[] }) =>
      `the account ${account} is also used by ${workloads.slice(0, 3).join(', ')}${workloads.length > 3 ? ` and ${workloads.length - 3} more` : ''}, and what they need is not judged`,
    help: 'give Alloy an account of its own',
  },
  'rights-in-another-object': {
    code: 'ARB456',
    severity: 'warning',
    message: ({ object, within, account }: { object: string; within: string; account: string }) =>
      `${object} is written inside ${within}, and what it gives to the account ${account} is not judged`,
    help: 'add what is made of it to the input: kubectl get, or the command that renders it',
  },
  'object-refused': {
    code: 'ARB457',
    severity: 'warning',
    message: ({ object, because }: { object: string; because: string }) =>
      `the API server refuses ${object}: ${because}`,
    help: 'fix it: until then the deployment is not what is judged here',
  },
  'rights-do-not-last': {
    code: 'ARB458',
    severity: 'warning',
    message: ({ object, because }: { object: string; because: string }) =>
      `${object}, which gives rights to the account, ${because}`,
    help: 'make it an ordinary object of the deployment, or leave it out of the input',
  },
  'bound-to-everyone': {
    code: 'ARB459',
    severity: 'warning',
    message: ({ binding, role }: { binding: string; role: string }) =>
      `${binding} gives the ClusterRole ${role} to everyone, this pod among them, without any credentials`,
    help: 'bind it to the accounts that need it',
  },
  'token-of-a-secret': {
    code: 'ARB444',
    severity: 'warning',
    message: ({ secret, account }: { secret: string; account: string }) =>
      `the Secret ${secret} brings a token that is not known to be that of the account ${account}, whose rights are judged`,
    help: "mount the account's own token: automountServiceAccountToken, or a projected volume",
  },
  'pod-setting': {
    code: 'ARB445',
    severity: 'note',
    message: ({ setting, meaning }: { setting: string; meaning: string }) => `the pod sets ${setting}: ${meaning}`,
    helpFor: ({ edit }: { edit: string }) => edit,
  },
  'binding-depends-on-namespace': {
    code: 'ARB441',
    severity: 'error',
    message: ({ binding, namespace }: { binding: string; namespace: string }) =>
      `${binding} reaches the account only if Alloy runs in the namespace ${namespace}, and the input does not say where it runs`,
    help: 'pass --namespace NAME',
    helpFor: ({ namespace }: { namespace: string }) =>
      `pass --namespace ${namespace} if Alloy runs there, else the namespace that it runs in`,
  },
  'own-constraints': {
    code: 'ARB448',
    severity: 'note',
    message: ({ rule, names }: { rule: string; names: readonly string[] }) =>
      `${rule} lets the pod run under the SecurityContextConstraints ${names.join(', ')}, which are in the input`,
    help: 'OpenShift admits the pod by them: compare what they allow with what the pod needs',
  },
  'too-many-grants': {
    code: 'ARB446',
    severity: 'error',
    message: ({ what }: { what: string }) =>
      `with ${what} the account has more than 100,000 permissions that are listed one by one, too many to compare`,
    help: 'name fewer groups, resources, objects and verbs in one rule',
  },
  'role-gathers-others': {
    code: 'ARB442',
    severity: 'warning',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the ${kind} ${name} gathers rules from every role with its labels, in the cluster as well as in the input`,
    help: 'bind the account to a role that lists the rules it needs',
  },
} as const satisfies Record<string, Entry>
