import type { Plan } from '../plan/plan.ts'

/** Says above a document what may need more than it grants. */
export const incompleteLines = ({ complete, beyond }: Pick<Plan, 'complete' | 'beyond'>): readonly string[] => [
  ...(complete ? [] : ['INCOMPLETE: part of the configuration is unknown and may need more.']),
  ...(beyond === undefined
    ? []
    : [
        'For the objects that were passed: others in the cluster may need more, unless --objects-complete says there are none.',
      ]),
]
