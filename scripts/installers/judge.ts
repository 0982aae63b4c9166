import type { Outcome } from '../../src/diagnostic/diagnostic.ts'
import type { Configuration } from '../../src/input/configuration.ts'
import { installerManifests } from '../../src/render/installer.ts'
import type { Tool } from '../../src/reports/installer/tools.ts'
import { installationOf } from '../../src/session/installer.ts'
import { uncoveredBy } from './naive.ts'

/** What is wrong with the role of a tool for an input: lines; and how much of it was looked at. */
export interface Judged {
  readonly problems: readonly string[]
  readonly objects: number
  readonly rights: number
}

/** Judges the printed role: it covers every object and all that it hands out, without any one right it does not, and it says neither word. */
export function judgeInstaller(read: Outcome<readonly Configuration[]>, tool: Tool, namespace: string): Judged {
  const { value, diagnostics } = installationOf(read, { for: tool, namespace }, null)
  if (value === null) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
    return { problems: errors, objects: 0, rights: 0 }
  }
  const { objects, rights } = value
  const grants = rights.map(({ grant }) => grant)
  // What an object takes beyond being handled is what the tool says of itself: waiting, watching, its own storage.
  const own = rights.flatMap(({ requirements }) => requirements).filter(({ purpose }) => purpose !== 'hand-out')
  const text = installerManifests(value, 'alloy-rbac')
  const missing = uncoveredBy(objects, own, grants)
  const needless = grants.filter(grant => {
    const rest = grants.filter(each => each !== grant)
    return uncoveredBy(objects, own, rest).length === 0
  })
  const word = /\b(?:bind|escalate)\b/.exec(text)?.[0]
  return {
    problems: [
      ...missing.map(each => `${each} is not covered`),
      ...needless.map(each => `${JSON.stringify(each)} can be taken away`),
      ...(word === undefined ? [] : [`the role says ${word}`]),
    ],
    objects: objects.length,
    rights: grants.length,
  }
}
