import { each, type Shape } from '../shape.ts'

const refusal = (name: string): string =>
  `ts=2026-01-01T00:00:00Z level=error msg="failed" err="secrets \\"${name}\\" is forbidden: User \\"system:serviceaccount:a:b\\" cannot get resource \\"secrets\\" in API group \\"\\" in the namespace \\"a\\""`

const ofLog = (what: string, start: number, text: (size: number) => string): Shape => ({
  what,
  start,
  make: size => ({ argv: ['denied', 'alloy.log'], files: { 'alloy.log': `${text(size)}\n` } }),
})

/** What logs hold. */
export const logs: readonly Shape[] = [
  ofLog('lines of other things', 5_000, size =>
    each(size, at => `ts=2026-01-01T00:00:00Z level=info msg="entry ${at}"`),
  ),
  ofLog('lines of one refusal', 1_000, size => each(size, () => refusal('x'))),
  ofLog('lines of different refusals', 500, size => each(size, at => refusal(`s${at}`))),
  ofLog('refusals on one line', 200, size => each(size, at => refusal(`s${at}`), ' ')),
  ofLog('quotes on one line of a refusal', 5_000, size => `${'\\"x'.repeat(size)} ${refusal('x')}`),
  ofLog('characters of one word', 20_000, size => `forbidden ${'x'.repeat(size)}`),
]
