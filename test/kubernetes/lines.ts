import type { Grant } from '../../src/kubernetes/grant.ts'

/** The grants that lines in the notation of text outputs stand for. */
export function grantsIn(lines: readonly string[]): readonly Grant[] {
  return lines.flatMap((line): readonly Grant[] => {
    const [where = '', what = '', verbs = ''] = line.split(' ')
    if (where === 'url') return verbs.split(',').map(verb => ({ kind: 'url' as const, url: what, verb }))
    const [, resource = '', name = null, group = ''] = what.match(/^([^.[]+)(?:\[(.*)\])?(?:\.(.*))?$/) ?? []
    const namespace = where === 'cluster' ? null : where
    return verbs.split(',').map(verb => ({ kind: 'resource' as const, namespace, group, resource, name, verb }))
  })
}

/** The one grant that a line stands for. */
export const grantIn = (line: string): Grant => grantsIn([line])[0]!
