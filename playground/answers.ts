import { type Analysis, analyze, check, type Diagnostic, type Rendered, render } from 'alloy-rbac'
import type { Text } from './texts.ts'

/** The ways in which an answer is shown. */
export const views = ['picture', 'values', 'difference', 'check'] as const
export type View = (typeof views)[number]

/** What there is to say of some texts. */
export interface Answer {
  /** A page for `picture`, text for the others; null where there is no plan. */
  readonly document: string | null
  readonly diagnostics: readonly Diagnostic[]
}

const makers: Readonly<Record<Exclude<View, 'check'>, (analysis: Analysis) => Rendered>> = {
  picture: analysis => render.html(analysis),
  values: analysis => render.values(analysis),
  difference: analysis => render.diff(analysis),
}

/** The answer for texts as the command gives it for files of these names. */
export function answer(texts: readonly Text[], view: View): Answer {
  const files = Object.fromEntries(texts.map(({ name, text }) => [name, text]))
  if (view === 'check') {
    const result = check(files)
    const diagnostics = [...result.findings, ...result.workloads.flatMap(({ findings }) => findings)]
    return { document: render.check(result, { format: 'html' }), diagnostics: diagnostics.map(each => each.diagnostic) }
  }
  const { value, diagnostics } = analyze(files)
  if (value === null) return { document: null, diagnostics }
  const made = makers[view](value)
  return { document: made.value, diagnostics: made.diagnostics }
}
