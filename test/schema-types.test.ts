import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, root } from './harness.ts'
import { schemaNames } from './schemas.ts'
import { type Schema, typeName, typeText } from './type-text.ts'

const map = 'src/rules/map/schema.ts'
const documents = 'src/render/documents'

/** A schema, and the module and the name of the type that has to be the same; the first name of a longer type is the module's. */
const rows: readonly (readonly [schema: string, module: string, type: string])[] = [
  ['rulemap.json#/definitions/scalar', map, 'Scalar'],
  ['rulemap.json#/definitions/conditionMap', map, 'ConditionMap'],
  ['rulemap.json#/definitions/condition', map, 'Condition'],
  ['rulemap.json#/definitions/test', map, 'Test'],
  ['rulemap.json#/definitions/scope', map, 'Scope'],
  ['rulemap.json#/definitions/names', map, 'Names'],
  ['rulemap.json#/definitions/objectsRead', 'src/rules/map/objects-schema.ts', 'ObjectsRead'],
  ['rulemap.json#/definitions/objectsRule', 'src/rules/map/objects-schema.ts', 'ObjectsRule'],
  ['rulemap.json#/definitions/pathSource', map, 'PathSource'],
  ['rulemap.json#/definitions/export', map, 'ExportRule'],
  ['rulemap.json#/definitions/label', map, 'LabelShape'],
  ['rulemap.json#/definitions/note', map, 'NoteRule'],
  ['rulemap.json#/definitions/evidence', map, 'Evidence'],
  ['rulemap.json#/definitions/reading', map, 'Reading'],
  ['rulemap.json#/definitions/example', 'src/rules/map/example.ts', 'Example'],
  ['rulemap.json#/definitions/grants', map, 'Readonly<Record<string, GrantRule>>'],
  ['rulemap.json#/definitions/urls', map, 'Readonly<Record<string, UrlRule>>'],
  ['rulemap.json#/definitions/requests', map, 'Readonly<Record<string, RequestRule>>'],
  ['rulemap.json#/definitions/privileges', map, 'Readonly<Record<string, PrivilegeRule>>'],
  [
    'rulemap.json#/definitions/shared',
    'scripts/rulemap.ts',
    '{ readonly conditions: Readonly<Record<string, SharedCondition>> }',
  ],
  ['common.schema.json#/$defs/diagnostic', `${documents}/common.ts`, 'DiagnosticJson'],
  ['common.schema.json#/$defs/target', `${documents}/common.ts`, 'TargetJson'],
  ['common.schema.json#/$defs/grant', `${documents}/common.ts`, 'GrantJson'],
  ['common.schema.json#/$defs/heldGrant', `${documents}/common.ts`, 'GrantJson<RoleReasonJson>'],
  ['common.schema.json#/$defs/flow', `${documents}/common.ts`, 'readonly FlowJson[]'],
  ['audit-chart.schema.json', `${documents}/audit-chart.ts`, 'AuditJson'],
  ['audit-chart-all.schema.json', `${documents}/audit-chart.ts`, 'AuditAllJson'],
  ['baseline.schema.json', 'src/reports/check/baseline/baseline.ts', 'BaselineJson'],
  ['check.schema.json', `${documents}/check.ts`, 'CheckJson'],
  ['compare.schema.json', `${documents}/compare.ts`, 'CompareJson'],
  ['denied.schema.json', `${documents}/denied.ts`, 'DeniedJson'],
  ['diagnostics.schema.json', `${documents}/diagnostics.ts`, 'DiagnosticsJson'],
  ['diff.schema.json', `${documents}/diff.ts`, 'DiffJson'],
  ['diff-all.schema.json', `${documents}/diff.ts`, 'DiffAllJson'],
  ['explain.schema.json', `${documents}/explain.ts`, 'ExplainJson'],
  ['generate.schema.json', `${documents}/generate.ts`, 'GenerateJson'],
  ['generate-all.schema.json', `${documents}/generate.ts`, 'GenerateAllJson'],
  ['installer.schema.json', `${documents}/installer.ts`, 'InstallerJson'],
  ['upgrade.schema.json', `${documents}/upgrade.ts`, 'UpgradeJson'],
  ['upgrade-all.schema.json', `${documents}/upgrade.ts`, 'UpgradeAllJson'],
  ['rulemap.json', map, '{ readonly components: Readonly<Record<string, ComponentRules>> }'],
]

/** Pairs that are not the same, each by as little as there is. */
const differing: readonly (readonly [title: string, a: string, b: string])[] = [
  ['a property more', '{ readonly a: string }', '{ readonly a: string; readonly b: string }'],
  ['an optional property more', '{ readonly a: string }', '{ readonly a: string; readonly b?: string }'],
  ['an optional property', '{ readonly a: string }', '{ readonly a?: string }'],
  ['a property that may be undefined', '{ readonly a?: string }', '{ readonly a?: string | undefined }'],
  ['a wider property', '{ readonly a: true }', '{ readonly a: boolean }'],
  ['a wider property inside', '{ readonly a: readonly { b: 1 }[] }', '{ readonly a: readonly { b: 1 | 2 }[] }'],
  ['a property that can be set', '{ readonly a: string }', '{ a: string }'],
  ['one alternative more', '{ readonly a: 1 } | { readonly b: 1 }', '{ readonly a: 1 }'],
  ['any value', '{ readonly a: string }', '{ readonly a: any }'],
]

const folder = `${root}dist/schema-types`
const files = new Map([
  ['rulemap.json', 'rulemap/schema.json'],
  ...['common', ...schemaNames].map(name => [`${name}.schema.json`, `docs/schemas/${name}.schema.json`] as const),
])

/** Two types are one when no generic type can tell them apart; that one can be used for the other is not enough. */
const same = 'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false\n'

const inModule = (module: string, type: string): string =>
  type.replace(/\b(?!Readonly\b|Record\b)[A-Z]\w*/g, `import('${root}${module}').$&`)

let said: ReadonlySet<number> | null = null

/** Whether the compiler accepts the proof of this number; all of them are compiled at once. */
function isProved(at: number): boolean {
  said ??= compiled([
    ...rows.map(([schema, module, type]) => `Same<${typeName(schema)}, ${inModule(module, type)}> = true`),
    ...differing.map(([, a, b]) => `Same<${a}, ${b}> = false`),
  ])
  return !said.has(at)
}

/** The numbers of the proofs that the compiler does not accept. */
function compiled(proofs: readonly string[]): ReadonlySet<number> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const types = [...files].map(([name, path]) =>
    typeText(name, JSON.parse(readFileSync(`${root}${path}`, 'utf8')) as Schema),
  )
  const lines = [...types, same].join('').split('\n')
  const text = [...lines, ...proofs.map((proof, at) => `export const proof${at}: ${proof}`)].join('\n')
  writeFileSync(`${folder}/proofs.ts`, `${text}\n`)
  const { compilerOptions } = JSON.parse(readFileSync(`${root}tsconfig.json`, 'utf8'))
  const own = { include: ['proofs.ts'], compilerOptions: { ...compilerOptions, noEmit: true, rootDir: root } }
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(own))
  const failed = new Set<number>()
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', folder], { encoding: 'utf8' })
  } catch (error) {
    const { stdout = String(error) } = error as { stdout?: string }
    const places = [...stdout.matchAll(/proofs\.ts[(:](\d+).*TS2322/g)].map(([, line]) => Number(line))
    for (const line of places) failed.add(line - 1 - lines.length)
    // What is wrong elsewhere would leave every proof open.
    if (places.length !== stdout.split('\n').filter(line => /error TS/.test(line)).length) throw new Error(stdout)
  }
  return failed
}

describe('types and schemas', it => {
  it('has every document', () => {
    const proved = new Set(rows.map(([schema]) => schema))
    // What the configuration file may hold is made of the options themselves, and no type says it.
    const others = schemaNames.filter(name => name !== 'config' && !proved.has(`${name}.schema.json`))
    assert.equal(others, [])
  })
  for (const [at, [schema, module, type]] of rows.entries())
    it(`${schema} is ${type} of ${module}`, () => assert.ok(isProved(at)))
  for (const [at, [title, a, b]] of differing.entries())
    it(`${title} is a difference`, () => {
      assert.ok(isProved(rows.length + at), `${a} and ${b} are taken for the same`)
    })
  for (const keyword of ['contains', 'additionalItems', 'allOf'])
    it(`no type is made where a schema says ${keyword}`, () => {
      assert.throws(() => typeText('a.json', { type: 'object', [keyword]: {} }), keyword)
    })
})
