import type { Use } from '../resolve/use.ts'
import type { ComponentRules, PrivilegeRule } from './map/schema.ts'

type Rules = Readonly<Record<string, PrivilegeRule>>

/** What of the privileges of a component Windows has too: the token and ports. */
export const privilegesOnWindows = (rules: Rules = {}): Rules =>
  Object.fromEntries(
    Object.entries(rules).flatMap(([id, { capabilities, mounts, writable, pod = [], ...rule }]) => {
      const token = pod.filter(field => field === 'token')
      return token.length > 0 || rule.ports ? [[id, { ...rule, pod: token }]] : []
    }),
  )

/** Says whether components need a HostProcess container. */
export const needsHostProcess = (
  uses: readonly Use[],
  rulesOf: (component: string) => ComponentRules | null,
): boolean =>
  uses.some(({ component }) => Object.values(rulesOf(component)?.notes ?? {}).some(({ hostProcess }) => hostProcess))
