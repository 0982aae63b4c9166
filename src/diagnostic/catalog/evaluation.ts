import type { Entry } from '../entry.ts'
import { narrowedBy } from './wording.ts'

/** Stage 2: values of arguments. */
export const evaluationEntries = {
  assumed: {
    code: 'ARB201',
    severity: 'note',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `${argument} of ${component} is known only at run time; every value it may have is covered`,
    helpFor: narrowedBy,
  },
  'assumed-by-cluster': {
    code: 'ARB202',
    severity: 'note',
    message: ({ rules, kind, component }: { rules: readonly string[]; kind: string; component: string }) =>
      `${component} needs some grants only if objects in the cluster ask for them; these objects are assumed to exist (${kind}#${rules.join(', #')})`,
    help: 'pass the objects of the cluster with --objects, and --objects-complete if there are no others: docs/narrow.md',
  },
  'optional-not-granted': {
    code: 'ARB203',
    severity: 'note',
    message: ({
      components,
      lost,
    }: {
      components: readonly string[]
      lost: readonly { readonly rules: readonly string[]; readonly loss: string }[]
    }) => {
      const rules = lost.flatMap(each => each.rules)
      const [only] = lost
      return lost.length === 1
        ? `${rules.join(', ')} ${rules.length === 1 ? 'is' : 'are'} optional for ${components.join(', ')} and not granted: ${only?.loss}`
        : `${rules.length} optional needs of ${components.join(', ')} are not granted: ${rules.join(', ')}`
    },
    help: 'grant it with --optional',
    helpFor: ({ lost }: { lost: readonly { readonly rules: readonly string[]; readonly loss: string }[] }) =>
      lost.length === 1
        ? null
        : [
            'grant them with --optional; without them:',
            ...lost.map(({ rules, loss }) => `- ${rules.join(', ')}: ${loss}`),
          ],
  },
  'wrong-type': {
    code: 'ARB210',
    severity: 'error',
    message: ({ what, expected, actual }: { what: string; expected: string; actual: string }) =>
      `${what} is of type ${actual}, expected ${expected}`,
  },
  'unknown-identifier': {
    code: 'ARB211',
    severity: 'error',
    message: ({ name }: { name: string }) => `identifier ${name} does not exist`,
  },
  'unknown-field': {
    code: 'ARB212',
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `field ${name} does not exist${known.length > 0 ? `; expected one of ${known.join(', ')}` : ''}`,
  },
  'index-out-of-range': {
    code: 'ARB213',
    severity: 'error',
    message: ({ index, length }: { index: string; length: number }) =>
      `index ${index} is out of range for an array of length ${length}, expected ${length > 0 ? `0 to ${length - 1}` : 'a non-empty array'}`,
  },
  'division-by-zero': {
    code: 'ARB214',
    severity: 'error',
    message: ({ operator }: { operator: string }) => `the right operand of ${operator} is 0`,
  },
  'argument-count': {
    code: 'ARB215',
    severity: 'error',
    message: ({ name, expected, actual }: { name: string; expected: string; actual: number }) =>
      `${name} is called with ${actual} ${actual === 1 ? 'argument' : 'arguments'}, expected ${expected}`,
  },
  'unusable-argument': {
    code: 'ARB216',
    severity: 'error',
    message: ({ name, problem }: { name: string; problem: string }) => `${name}: ${problem}`,
  },
  'function-of-another-release': {
    code: 'ARB217',
    severity: 'error',
    message: ({ name, since, release }: { name: string; since: string; release: string }) =>
      `${name} was added in Alloy ${since} and does not exist in ${release}`,
  },
  'number-out-of-range': {
    code: 'ARB218',
    severity: 'error',
    message: (_: Record<never, never>) => 'the number is too large for a 64-bit float',
  },
  'value-too-large': {
    code: 'ARB220',
    severity: 'note',
    message: (_: Record<never, never>) =>
      'this value is larger than is computed (16 Mi characters, a million elements, 1,000 deep, or 500 in JSON and YAML); it counts as unknown',
  },
  'values-too-large': {
    code: 'ARB221',
    severity: 'note',
    message: (_: Record<never, never>) =>
      'the values of this configuration are larger together than is followed (128 Mi characters computed, 256 Mi handed to arguments, 16 for each element); from here on they count as unknown',
  },
  'relabeling-too-long': {
    code: 'ARB222',
    severity: 'note',
    message: (_: Record<never, never>) =>
      'the rules and targets of this configuration take more steps than are followed (1,000,000, and 1 Mi characters in a label); from here on labels count as unknown',
  },
  'experimental-function': {
    code: 'ARB219',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `${name} is experimental, but the deployment does not enable experimental features`,
    help: 'set stabilityLevel to experimental',
  },
} as const satisfies Record<string, Entry>
