import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { alternatives } from '../../evaluate/value/contents.ts'
import type { Truth, Value } from '../../evaluate/value/value.ts'
import { isInTokenFolder, leadsToTokenFolder } from '../../kubernetes/pod/token.ts'
import type { Arguments, Use } from '../../resolve/use.ts'
import { carriesToken } from '../carries-token.ts'
import { anyOf, type Verdict, verdict } from '../map/condition.ts'
import { namesFile } from '../map/lookup.ts'
import type { Requirement } from '../requirement.ts'
import { noteUnknownArgument } from '../unknown-notes.ts'

/** A component that is given the service account's token, or a file that is or may be mounted with it, needs the mount, whatever it does with it. */
export function needsOfToken(use: Use, report: (found: Diagnostic) => void): readonly Requirement[] {
  const { truth, open } = heldToken(use.arguments)
  if (truth === false) return []
  if (truth === null) noteUnknownArgument(use, open, report)
  return [
    {
      need: { kind: 'privilege', privilege: { kind: 'pod', field: 'token' } },
      reason: {
        component: use.id,
        rule: `${use.component}#service-account-token`,
        certainty: use.certain && truth === true ? 'certain' : 'assumed',
        span: use.block.header,
        related: use.related,
        evidence: [],
      },
    },
  ]
}

/** A text that is known only at run time is the token where a component has read its file, which names the file in an argument of its own. */
function heldToken({ attributes, blocks }: Arguments): Verdict {
  return anyOf([
    ...[...attributes.values()].map((argument): Verdict => {
      const isPath = namesFile(argument.name)
      const truth = namesMount(argument.value, isPath)
      if (truth === null && !isPath) return verdict(false)
      return { truth, open: truth === null ? [{ value: argument.value, argument }] : [] }
    }),
    ...blocks.map(({ body }) => heldToken(body)),
  ])
}

/** The certificate and the namespace come with the token, in one volume. */
function namesMount(value: Value, isPath: boolean): Truth {
  const known = alternatives(value).map(liesInFolder)
  if (!known.some(each => each !== true)) return true
  const truth = carriesToken(value, isPath)
  return truth === false && known.some(each => each !== false) ? null : truth
}

function liesInFolder(value: Value): Truth {
  if (value.kind === 'string') return isInTokenFolder(value.value)
  if (value.kind !== 'pattern') return false
  const [first] = value.parts
  if (typeof first !== 'string') return null
  return isInTokenFolder(first) || (leadsToTokenFolder(first) ? null : false)
}
