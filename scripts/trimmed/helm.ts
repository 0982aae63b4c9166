import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { readYaml } from '../../src/chart/release/read-yaml.ts'
import { type Grant, grantKey, grantLines, uniqueGrants } from '../../src/kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../src/kubernetes/rule.ts'

/** The command that runs Helm; null where there is none. */
export const helm: string | null = findHelm(process.env['HELM'] ?? 'helm')

function findHelm(command: string): string | null {
  return spawnSync(command, ['version', '--short']).status === 0 ? command : null
}

/** What Helm says of a chart. */
export interface Rendered {
  readonly tried: number
  readonly rendered: number
  /** What `helm lint` finds wrong; null where it passes. */
  readonly lint: string | null
  readonly faults: readonly string[]
}

/** Renders a chart with each of its values for CI, and lints it; null without Helm. By default it must grant exactly some grants. */
export function rendered(chart: string, grants: readonly Grant[]): Rendered | null {
  if (helm === null) return null
  const run = (...words: readonly string[]) => spawnSync(helm ?? '', words, { encoding: 'utf8', maxBuffer: 1 << 26 })
  const folder = `${chart}/ci`
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('-values.yaml')) : []
  const faults = files.flatMap(name => {
    const { status, stdout, stderr } = run('template', 'alloy', chart, '--values', `${folder}/${name}`)
    return status === 0 && isYaml(stdout) ? [] : [`ci/${name} does not render: ${stderr.trim()}`]
  })
  const held = rulesIn(run('template', 'alloy', chart).stdout).flatMap(rule => grantsOf(rule, null))
  const keys = (all: readonly Grant[]): string => uniqueGrants(all).map(grantKey).join('\n')
  const granted = keys(held) === keys(grants) ? [] : [`the ClusterRole grants ${grantLines(held).join(' · ')}`]
  const lint = run('lint', chart)
  return {
    tried: files.length,
    rendered: files.length - faults.length,
    lint: lint.status === 0 ? null : `${lint.stdout}${lint.stderr}`.trim(),
    faults: [...faults, ...granted],
  }
}

function isYaml(text: string): boolean {
  try {
    return readYaml(text).length > 0
  } catch {
    return false
  }
}

function rulesIn(text: string): readonly PolicyRule[] {
  const objects = readYaml(text) as readonly { readonly kind?: string; readonly rules?: readonly PolicyRule[] | null }[]
  return objects.filter(each => each?.kind === 'ClusterRole').flatMap(({ rules }) => rules ?? [])
}
