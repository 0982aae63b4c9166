import * as assert from 'uvu/assert'
import { chartVersions, findRelease } from '../../../src/chart/release/releases.ts'
import { isTooWide } from '../../../src/reports/audit/audit.ts'
import { auditCharts, trimmedAudits } from '../../../src/session/audit/audit-charts.ts'
import { findAlloyCharts } from '../../../src/session/audit/find-charts.ts'
import { trimFiles } from '../../../src/session/audit/trim-files.ts'
import { describe, source } from '../../harness.ts'

const chartFiles = { path: '.', unpack: () => ({ why: 'there is none' }), isArchived: false } as const

interface Files {
  readonly [name: string]: string
}

/** The values file as `--write` leaves it, or why it does not. */
function trimmed(files: Files, keep: 'usable' | 'configured' = 'usable'): string {
  const names = Object.keys(files).sort()
  const found = findAlloyCharts({ ...chartFiles, names, read: name => files[name] ?? null }, { kubeVersion: '1.34' })
  const { value: audits } = auditCharts(found, {})
  assert.is.not(audits.length, 0)
  const made = trimFiles(trimmedAudits(audits, keep))
  return 'why' in made ? made.why : (made[0]?.text ?? files['values.yaml'] ?? '')
}

const nodes = source`
  clusterRules:
    - apiGroups: [""]
      resources: ["nodes"]
      verbs: ["list"]
`

/** Rules of the values, the list of which follows the key; what is left of them. */
const cases: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'a rule that all components leave alone goes with its comment',
    source`
      rules:
        # -- Kept.
        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["list"]
        # -- Gone,
        # in two lines.
        - apiGroups: [""]
          resources: ["pods/exec"]
          verbs: ["create"] # with this
        # -- Kept too.
        - apiGroups: [""]
          resources: ["services"]
          verbs: ["list"]
    `,
    source`
      rules:
        # -- Kept.
        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["list"]
        # -- Kept too.
        - apiGroups: [""]
          resources: ["services"]
          verbs: ["list"]
    `,
  ],
  [
    'a comment apart stays',
    source`
      rules:
        # About all of them.

        # -- Gone.
        - apiGroups: [""]
          resources: ["pods/exec"]
          verbs: ["create"]

        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["list"]
    `,
    source`
      rules:
        # About all of them.


        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["list"]
    `,
  ],
  [
    'elements in brackets go in the order and with the quotes that are there',
    source`
      rules:
        - verbs: [list, 'create', "watch", delete]
          apiGroups: [ "" ]
          resources: [
            "services", # seen
            "pods/exec", # not seen
            "pods" # seen too
          ]
    `,
    source`
      rules:
        - verbs: [list, "watch"]
          apiGroups: [ "" ]
          resources: [
            "services", # seen
            "pods" # seen too
          ]
    `,
  ],
  [
    'the last element in brackets goes and leaves the comment before it',
    source`
      rules:
        - apiGroups: [""]
          resources: [
            "pods", # seen
            "pods/exec", # not seen
          ]
          verbs: ["list"]
    `,
    source`
      rules:
        - apiGroups: [""]
          resources: [
            "pods", # seen
          ]
          verbs: ["list"]
    `,
  ],
  [
    'elements on lines of their own',
    source`
      rules:
      - apiGroups:
        - ""
        resources:
        # all of them
        - pods
        # not this
        - pods/exec
        - services
        verbs:
        - create
        - list
        - watch
    `,
    source`
      rules:
      - apiGroups:
        - ""
        resources:
        # all of them
        - pods
        - services
        verbs:
        - list
        - watch
    `,
  ],
  [
    'a rule that is several rules is repeated as it is written',
    source`
      rules:
        # -- Both.
        - apiGroups: ["", networking.k8s.io]   # two groups
          resources: ["pods", "ingresses"]
          verbs: ["list"]   # one verb
    `,
    source`
      rules:
        # -- Both.
        - apiGroups: [""]   # two groups
          resources: ["pods"]
          verbs: ["list"]   # one verb
        - apiGroups: [networking.k8s.io]   # two groups
          resources: ["ingresses"]
          verbs: ["list"]   # one verb
    `,
  ],
  [
    'a wildcard becomes what components ask for',
    source`
      rules:
        - apiGroups: [""]
          resources: ["secrets"]
          verbs: ["*"]
        - apiGroups:
            - monitoring.grafana.com
          resources:
            - "*"
          verbs:
            - '*'
    `,
    source`
      rules:
        - apiGroups: [""]
          resources: ["secrets"]
          verbs: ["get"]
        - apiGroups:
            - monitoring.grafana.com
          resources:
            - "podlogs"
          verbs:
            - "list"
            - "watch"
    `,
  ],
  [
    'rules in brackets',
    'rules: [{apiGroups: [""], resources: [pods, pods/exec], verbs: [list]}, {apiGroups: [""], resources: [pods/exec], verbs: [create]}]\n',
    'rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]\n',
  ],
  [
    'an alias is written out where the rule changes',
    source`
      rules:
        - apiGroups: [""]
          resources: ["pods"]
          verbs: &read ["list", "watch"]
        - apiGroups: [""]
          resources: ["services", "pods/exec"]
          verbs: *read
    `,
    source`
      rules:
        - apiGroups: [""]
          resources: ["pods"]
          verbs: &read ["list", "watch"]
        - apiGroups: [""]
          resources: ["services"]
          verbs: ["list", "watch"]
    `,
  ],
  [
    'a URL stays, and what is not a rule too',
    source`
      rules:
        - nonResourceURLs: ["/metrics"]
          verbs: ["get", "post"]
        - nothing
    `,
    source`
      rules:
        - nonResourceURLs: ["/metrics"]
          verbs: ["get"]
        - nothing
    `,
  ],
  [
    'a list that would be empty beside another one gets a rule of that one',
    source`
      rules:
        # -- Gone.
        - apiGroups: [""]
          resources: ["pods/exec"]
          verbs: ["create"]
        # -- Gone too.
        - apiGroups: [""]
          resources: ["pods/attach"]
          verbs: ["create"]
    `,
    source`
      rules:
        # Repeated here because the chart renders one empty list beside another one as invalid YAML.
        - apiGroups: [""]
          resources: ["nodes"]
          verbs: ["list"]
    `,
  ],
  [
    'the same in brackets',
    'rules: [{apiGroups: [""], resources: [pods/exec], verbs: [create]}]\n',
    'rules: [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["list"]}]\n',
  ],
  ['lists that are left as they are', 'rules: []\n', 'rules: []\n'],
]

const around = (rules: string, end = nodes): string =>
  [
    '# Everything around stays.',
    'alloy:',
    '  clustering:   {enabled: false}  # as it is',
    '  mounts: {varlog: no,',
    '           extra: [ ]}',
    '',
    'rbac:   # also this',
    '  create: true',
    `${rules}${end}`.trimEnd().replaceAll(/^(?=.)/gm, '  '),
    '  namespaces: []',
    '# -- The end.',
    'extraObjects: [ ]',
    '',
  ].join('\n')

describe('rules in their file', it => {
  for (const [title, before, after] of cases) {
    it(title, () => {
      const found = trimmed({ 'values.yaml': around(before) })
      assert.is(found, around(after))
      assert.is(trimmed({ 'values.yaml': found }), found)
    })
    it(`${title}, with Windows' line breaks`, () => {
      const found = trimmed({ 'values.yaml': around(before).replaceAll('\n', '\r\n') })
      assert.is(found, around(after).replaceAll('\n', '\r\n'))
    })
    it(`${title}, under a key`, () => {
      const under = (text: string): string => `metrics:\n${text.replaceAll(/^(?=.)/gm, '  ')}`
      assert.is(trimmed({ 'values.yaml': under(around(before)) }), under(around(after)))
    })
  }
  it('both lists can be empty where the chart renders that', () => {
    const gone = 'rules:\n  - apiGroups: [""]\n    resources: ["pods/exec"]\n    verbs: ["create"]\n'
    assert.is(
      trimmed({ 'values.yaml': around(gone, gone.replace('rules', 'clusterRules')) }),
      around('rules: []\n', 'clusterRules: []\n'),
    )
  })
  it('one list is empty where Roles are asked for', () => {
    const gone = 'clusterRules:\n  - apiGroups: [""]\n    resources: ["pods/exec"]\n    verbs: ["create"]\n'
    const kept = 'rules:\n  - apiGroups: [""]\n    resources: ["pods"]\n    verbs: ["list"]\n'
    const named = (text: string): string => text.replace('namespaces: []', 'namespaces: [shop]')
    assert.is(trimmed({ 'values.yaml': named(around(kept, gone)) }), named(around(kept, 'clusterRules: []\n')))
  })
})

const refused: readonly (readonly [title: string, files: Files, why: RegExp])[] = [
  [
    'an anchor that something else uses',
    {
      'values.yaml': around(source`
        rules:
          - apiGroups: [""]
            resources: ["secrets"]
            verbs: &all ["get", "list"]
          - apiGroups: [""]
            resources: ["pods"]
            verbs: *all
      `),
    },
    /cannot be edited in place/,
  ],
  [
    'rules that another file has',
    { 'Chart.yaml': 'name: web\ndependencies:\n  - name: alloy\n    version: 1.11.1\n' },
    /none of the files/,
  ],
  [
    'rules of the template',
    { 'Chart.yaml': 'name: alloy\nversion: 1.3.1\n', 'values.yaml': 'alloy: {}\nrbac: {create: true}\n' },
    /templates\/rbac.yaml/,
  ],
  [
    'two empty lists in a chart that does not render them',
    {
      'Chart.yaml': 'name: alloy\nversion: 1.5.0\n',
      'values.yaml': around('rules:\n  - {apiGroups: [""], resources: [pods/exec], verbs: [create]}\n', ''),
    },
    /set rbac.create to false/,
  ],
]

describe('rules that are not edited', it => {
  for (const [title, files, why] of refused) it(title, () => assert.match(trimmed(files), why))
})

describe('default rules of releases, trimmed', it => {
  for (const version of chartVersions.filter(each => findRelease(each).value?.configurable))
    it(version, () => {
      const files = { 'Chart.yaml': `name: web\ndependencies:\n  - name: alloy\n    version: ${version}\n` }
      const found = findAlloyCharts({ ...chartFiles, names: ['Chart.yaml'], read: () => files['Chart.yaml'] }, {})
      const { value: audits } = auditCharts(found, {})
      const [all] = trimmedAudits(audits, 'usable')
      assert.ok(all && !('why' in all.trimmed) && all.audit.rules.some(isTooWide))
    })
})
