import type { Entry } from '../entry.ts'
import { grantsInWords } from '../grants-in-words.ts'
import { holderInWords, privilegesInWords } from '../privileges-in-words.ts'

/** One difference between two states of an input, its lines in the one-line notation. */
export type Compared = Readonly<Record<'by' | 'what' | 'kind' | 'instead' | 'risk' | 'collector', string>>

const riskInWords = (risk: string): string => (risk === '' ? '' : `; it ${risk}`)

const ofCollector = (name: string): string => (name === '' ? '' : `${name}: `)

/** Stage 4: what changed between two states. */
export const compareEntries = {
  'compared-newly-needed': {
    code: 'ARB460',
    severity: 'note',
    message: ({ by, what, kind, instead, risk }: Compared) =>
      kind === 'access'
        ? `${by} now needs ${grantsInWords(what)}${instead === '' ? '' : ` instead of ${grantsInWords(instead)}`}${riskInWords(risk)}`
        : `${by} now needs a pod that ${privilegesInWords(what)}${instead === '' ? '' : ` instead of one that ${privilegesInWords(instead)}`}${riskInWords(risk)}`,
  },
  'compared-newly-granted': {
    code: 'ARB461',
    severity: 'note',
    message: ({ by, what, kind, instead, risk, collector }: Compared) =>
      kind === 'privilege'
        ? `${ofCollector(collector)}${holderInWords(what)}, which it did not before${riskInWords(risk)}`
        : `${by} now grants ${kind === 'access' ? grantsInWords(what) : what}${instead === '' ? '' : ` instead of ${grantsInWords(instead)}`}${riskInWords(risk)}`,
  },
  'compared-no-longer-needed': {
    code: 'ARB462',
    severity: 'note',
    message: ({ by, what, kind, instead }: Compared) =>
      kind === 'access'
        ? `${by} no longer needs ${grantsInWords(what)}${instead === '' ? '' : `, but ${grantsInWords(instead)}`}`
        : `${by} no longer needs a pod that ${privilegesInWords(what)}${instead === '' ? '' : `, but one that ${privilegesInWords(instead)}`}`,
  },
  'compared-no-longer-granted': {
    code: 'ARB463',
    severity: 'note',
    message: ({ by, what, kind, instead, collector }: Compared) =>
      kind === 'privilege'
        ? `${ofCollector(collector)}${holderInWords(what)} no longer`
        : `${by} no longer grants ${kind === 'access' ? grantsInWords(what) : what}${instead === '' ? '' : `, but ${grantsInWords(instead)}`}`,
  },
  'compared-certainty': {
    code: 'ARB464',
    severity: 'note',
    message: ({ by, what, kind }: Compared) => {
      const plain = what.replace(/ assumed(?= · |$)/g, '')
      const words = kind === 'access' ? grantsInWords(plain) : `a pod that ${privilegesInWords(plain)}`
      return plain === what
        ? `${by} needs ${words}, which was only assumed before`
        : `${by} may need ${words}, which was certain before`
    },
  },
  'compared-collector-new': {
    code: 'ARB465',
    severity: 'note',
    message: ({ name }: { name: string }) => `${name} is new: everything that it needs and has is new`,
  },
  'compared-collector-removed': {
    code: 'ARB466',
    severity: 'note',
    message: ({ name }: { name: string }) => `${name} was removed`,
  },
  'compared-without-plan': {
    code: 'ARB467',
    severity: 'error',
    message: ({ name, side, because }: { name: string; side: 'old' | 'new'; because: string }) =>
      `${name} is not compared, because the ${side} side has no plan for it: ${because}`,
    help: 'fix the errors of that side; until then nothing is known of what changed',
  },
  'compared-plan-incomplete': {
    code: 'ARB468',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `the plan of ${name} was complete and is not any more: it may need more than is listed`,
  },
  'compared-plan-complete': {
    code: 'ARB469',
    severity: 'note',
    message: ({ name }: { name: string }) => `the plan of ${name} is complete, which it was not before`,
  },
} as const satisfies Record<string, Entry>
