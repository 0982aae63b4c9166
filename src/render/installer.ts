import { accessObjectOf } from '../access/object.ts'
import { isMap, type Json, type JsonMap } from '../chart/json.ts'
import { invariantViolated } from '../chart/prove/prove-pod.ts'
import { ruleTree } from '../chart/rbac/objects.ts'
import { readYaml } from '../chart/release/read-yaml.ts'
import { type Remark, writeYaml } from '../chart/write/write-yaml.ts'
import { grantKey } from '../kubernetes/grant.ts'
import { grantsOf, type PolicyRule, ruleInWords } from '../kubernetes/rule.ts'
import { packRules } from '../plan/pack.ts'
import type { Installation } from '../reports/installer/installation.ts'
import { lacking, rulesIn } from '../reports/installer/lacking.ts'
import type { HeldRight, Requirement } from '../reports/installer/required.ts'
import { compareText } from '../text/compare-text.ts'
import { inert } from '../text/inert.ts'
import type { AnalyzerJson } from './documents/common.ts'
import type { InstallerJson } from './documents/installer.ts'
import { bareGrant, diagnosticJson, printJson } from './json.ts'

const group = 'rbac.authorization.k8s.io'

const toolNames = {
  helm: 'Helm',
  operator: 'the Alloy operator',
  flux: "Flux' helm-controller",
  argocd: 'Argo CD',
} as const

/** The account with its roles as a YAML stream. What is printed is read again, and has to allow everything that was asked for. */
export function installerManifests(found: Installation, program: string): string {
  const { name, namespace, rights, complete, tool } = found
  const labels = {
    'app.kubernetes.io/name': 'alloy',
    'app.kubernetes.io/component': 'installer',
    'app.kubernetes.io/created-by': 'alloy-rbac',
  }
  const places = [...new Set(rights.map(placeOf))].sort((a, b) => compareText(a ?? '', b ?? ''))
  const header = [
    `What the account needs with which ${toolNames[tool]} installs this, by ${program}: ${rights.length} grants.`,
    ...(complete
      ? []
      : ['INCOMPLETE: it does not cover everything that is installed; the warnings say what is left out.']),
  ]
  const documents = [
    {
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, labels } } as JsonMap,
      remarks: [],
    },
    ...places.flatMap(place =>
      roleIn(
        place,
        rights.filter(right => placeOf(right) === place),
        { name, namespace, labels },
      ),
    ),
  ]
  const text = documents
    .map(({ object, remarks }, at) => writeYaml(object, { remarks, header: at === 0 ? header : [] }))
    .join('---\n')
  prove(text, found)
  return text
}

/** The namespace of a right; null for the whole cluster. */
const placeOf = ({ grant }: HeldRight): string | null => (grant.kind === 'url' ? null : grant.namespace)

interface Account {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

function roleIn(
  place: string | null,
  rights: readonly HeldRight[],
  { name, namespace, labels }: Account,
): readonly { readonly object: JsonMap; readonly remarks: readonly Remark[] }[] {
  const kind = place === null ? 'ClusterRole' : 'Role'
  const metadata = { name, ...(place === null ? {} : { namespace: place }), labels }
  const rules = rulesOf(rights)
  return [
    {
      object: { apiVersion: `${group}/v1`, kind, metadata, rules: rules.map(({ rule }) => ruleTree(rule)) },
      remarks: rules.map(({ comment }, at) => ({ path: ['rules', at], lines: comment })),
    },
    {
      object: {
        apiVersion: `${group}/v1`,
        kind: `${kind}Binding`,
        metadata,
        roleRef: { apiGroup: group, kind, name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
      remarks: [],
    },
  ]
}

const purposes: readonly Requirement['purpose'][] = ['install', 'hand-out', 'own']

/** Rules by what they are for, so that each says so above it. */
function rulesOf(
  rights: readonly HeldRight[],
): readonly { readonly rule: PolicyRule; readonly comment: readonly string[] }[] {
  return purposes.flatMap(purpose => {
    const own = rights.filter(right => purposeOf(right) === purpose)
    const byGrant = new Map(own.map(right => [plainKey(right.grant), right]))
    return packRules(own.map(({ grant }) => grant)).map(rule => {
      const held = grantsOf(rule, null).flatMap(grant => byGrant.get(plainKey(grant)) ?? [])
      return { rule, comment: [commentOn(purpose, held)] }
    })
  })
}

const plainKey = (grant: HeldRight['grant']): string =>
  grantKey(grant.kind === 'url' ? grant : { ...grant, namespace: null })

const purposeOf = ({ requirements }: HeldRight): Requirement['purpose'] =>
  purposes.find(each => requirements.some(({ purpose }) => purpose === each)) ?? 'own'

/** How many objects a comment names. */
const most = 6

function commentOn(purpose: Requirement['purpose'], rights: readonly HeldRight[]): string {
  const requirements = rights.flatMap(each => each.requirements).filter(each => each.purpose === purpose)
  const subjects = [...new Set(requirements.map(({ subject }) => subject))].sort(compareText)
  const more = subjects.length > most ? ` and ${subjects.length - most} more` : ''
  const start = { install: 'to install', 'hand-out': 'held, because it is handed out by', own: 'for' }[purpose]
  return inert(`${start} ${subjects.slice(0, most).join(', ')}${more}`)
}

function prove(text: string, found: Installation): void {
  const access = readYaml(text)
    .filter(isMap)
    .flatMap(each => accessObjectOf(each as Json as JsonMap, null) ?? [])
  const lacks = lacking(found.objects, found.tool, rulesIn(access, found.namespace), found.namespace)
  const allowed = new Set(found.complete ? [] : lacks.filter(({ purpose }) => purpose === 'hand-out'))
  const lack = lacks.find(each => !allowed.has(each))
  if (lack !== undefined) throw invariantViolated(`${lack.subject} cannot be installed with the printed role`)
}

/** The same for programs. */
export function installerJson(found: Installation, analyzer: AnalyzerJson): string {
  const { tool, name, namespace, complete, objects, rights, lacks, diagnostics } = found
  const document: InstallerJson = {
    version: 1,
    analyzer,
    for: tool,
    name,
    namespace,
    complete,
    objects: objects.map(({ kind, resource, namespace: place, name: own, handed }) => ({
      apiGroup: resource.group,
      resource: resource.resource,
      kind,
      namespace: place,
      name: own,
      handsOut: handed.length > 0,
    })),
    grants: rights.map(({ grant, requirements }) => ({
      ...bareGrant(grant),
      reasons: requirements.map(({ purpose, subject }) => ({ purpose, subject })),
    })),
    lacking:
      lacks === null
        ? null
        : lacks.map(({ subject, purpose, rules }) => ({ subject, purpose, rules: rules.map(ruleInWords) })),
    diagnostics: diagnostics.map(diagnosticJson),
  }
  return printJson(document)
}
