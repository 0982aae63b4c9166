import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { Grant } from '../src/kubernetes/grant.ts'
import { grantLines } from '../src/kubernetes/grant.ts'
import { argumentsOf, inputsOf } from './case.ts'
import { command } from './cli/io.ts'
import { describe, golden, root } from './harness.ts'

const folder = `${root}test/cases`

interface Document {
  readonly grants: readonly {
    readonly url?: string
    readonly namespace?: string | null
    readonly apiGroup?: string
    readonly resource?: string
    readonly name?: string | null
    readonly verb: string
    readonly certainty: string
  }[]
  readonly diagnostics: readonly {
    readonly path?: string
    readonly line?: number
    readonly column?: number
    readonly severity: string
    readonly code: string
    readonly message: string
  }[]
}

const grantOf = (each: Document['grants'][number]): Grant =>
  each.url === undefined
    ? {
        kind: 'resource',
        namespace: each.namespace ?? null,
        group: each.apiGroup ?? '',
        resource: each.resource ?? '',
        name: each.name ?? null,
        verb: each.verb,
      }
    : { kind: 'url', url: each.url, verb: each.verb }

/** What a case's expected.txt holds: grant lines, an empty line, one-line diagnostics. */
function answer(code: number, stdout: string, diagnostics: Document['diagnostics']): string {
  const document: Document = code === 0 ? JSON.parse(stdout) : { grants: [], diagnostics }
  const assumed = new Set(
    document.grants.filter(({ certainty }) => certainty === 'assumed').map(each => JSON.stringify(grantOf(each))),
  )
  const grants =
    code === 0
      ? grantLines(document.grants.map(grantOf), grant => assumed.has(JSON.stringify(grant)))
      : [`exit ${code}`]
  const said = document.diagnostics.map(({ path, line, column, severity, code: each, message }) => {
    const place = path === undefined ? '' : `${path}:${line}:${column}: `
    return `${place}${severity}[${each}]: ${message}`
  })
  return `${[...(grants.length === 0 ? ['nothing'] : grants), '', ...said].join('\n').trimEnd()}\n`
}

describe('cases', it => {
  for (const name of readdirSync(folder).sort()) {
    it(name, async () => {
      const files = inputsOf(`${folder}/${name}`)
      const own = argumentsOf(`${folder}/${name}`)
      const input = ['config.alloy', 'values.yaml', 'manifests.yaml'].find(each => each in files) ?? '.'
      const argv = [
        'generate',
        ...(own.some(each => each.startsWith('input:'))
          ? own.filter(each => each.startsWith('input:')).map(each => each.slice(6))
          : [input]),
      ]
      const more = own.filter(each => !each.startsWith('input:')).flatMap(each => each.split(' '))
      const { code, stdout, written, stderr } = await command(
        [
          ...argv,
          '--format',
          'json',
          '--alloy-version',
          '1.18.1',
          '--kube-version',
          '1.34',
          '--diagnostics',
          'said.json',
          ...more,
        ],
        files,
      )
      assert.not.match(stderr, /this is a bug/)
      const said = JSON.parse(written.get('/work/said.json') ?? '{"diagnostics":[]}').diagnostics
      golden(`test/cases/${name}/expected.txt`, answer(code, stdout, said))
    })
  }
})
