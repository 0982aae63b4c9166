import type { Entry } from '../entry.ts'

/** Stage 4: files of accepted findings. */
export const baselineEntries = {
  'baseline-expired': {
    code: 'ARB420',
    severity: 'warning',
    message: ({ code, subject, expires }: { code: string; subject: string; expires: string }) =>
      `the baseline accepted ${code} ${subject} only until ${expires}`,
    help: 'fix the finding, or give the entry a later date',
  },
  'baseline-stale': {
    code: 'ARB421',
    severity: 'warning',
    message: ({ code, subject }: { code: string; subject: string }) =>
      `the baseline accepts ${code} ${subject}, which is no longer found`,
    help: 'remove the entry from the baseline',
  },
  'baseline-shape': {
    code: 'ARB422',
    severity: 'error',
    message: ({ what }: { what: string }) => `this is not a valid baseline: ${what}`,
    help: 'create one with --write-baseline',
  },
  'baseline-without-reason': {
    code: 'ARB447',
    severity: 'note',
    message: ({ count }: { count: number }) =>
      count === 1 ? 'an entry of the baseline gives no reason' : `${count} entries of the baseline give no reason`,
    help: 'write why each is accepted, in reason',
  },
} as const satisfies Record<string, Entry>
