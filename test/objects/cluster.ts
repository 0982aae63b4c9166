import { readFileSync } from 'node:fs'
import { type Analysis, type AnalyzeOptions, analyze } from '../../src/index.ts'
import type { Grant } from '../../src/kubernetes/grant.ts'
import { jsonLines, root } from '../harness.ts'

/** A configuration, and what a real API server was asked for by the component that ran it. */
export interface Recorded {
  readonly id: string
  readonly alloy?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input: readonly string[]
  readonly files: Readonly<Record<string, string>>
  /** Grants that would have allowed just that, one verb each. */
  readonly requests: readonly string[]
}

/** Every recording of a component that reads custom resources. */
export const recordings: readonly Recorded[] = jsonLines<Recorded>(`${root}test/objects/recorded.jsonl`)

/** The objects of the cluster that they were made in. */
export const cluster: string = readFileSync(`${root}test/objects/recorded-cluster.yaml`, 'utf8')

/** The documents of the cluster, each a text. */
export const documents: readonly string[] = cluster.split('\n---\n').slice(1)

/** What a recording needs, with these options. */
export function planned({ id, alloy = '1.18.1', env = {}, input, files }: Recorded, options: AnalyzeOptions): Analysis {
  const texts = Object.fromEntries(input.map(path => [path, files[path] ?? '']))
  const { value, diagnostics } = analyze(texts, {
    ...{ files, env, namespace: 'alloy', alloyVersion: alloy, kubeVersion: '1.34' },
    ...options,
  })
  if (value === null) throw new Error(`${id}: ${diagnostics.map(({ message }) => message).join('; ')}`)
  return value
}

/** The grants of an analysis. */
export const grantsOf = ({ plan }: Analysis): readonly Grant[] => plan.grants.map(({ grant }) => grant)
