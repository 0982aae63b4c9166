import { program } from '#rulemap/program'
import { type Diagnostic, inOrder } from '../diagnostic/diagnostic.ts'
import { diffJson, diffText } from '../render/diff.ts'
import { diffMarkdown } from '../render/diff-markdown.ts'
import { diagnosticJson, printJson } from '../render/json.ts'
import { type Document, differenceOf, targetJson, widened } from './generate.ts'
import type { DocumentOptions } from './options.ts'
import { provedValues } from './proved-values.ts'
import type { Session } from './session.ts'

/** How a difference is shown. */
export interface DiffOptions extends DocumentOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly color: boolean
}

/** The chart's defaults against what a session's configuration needs. */
export function diffOf(session: Session, options: DiffOptions, before: readonly Diagnostic[]): Document {
  const { plan, diagnostics: said } = widened(session, options)
  // Without nesting: the defaults that they are compared with have none.
  const { document, diagnostics: more } = provedValues(plan, session, { ...options, only: 'rbac', at: '' })
  const diagnostics = inOrder([...before, ...said, ...more])
  if (document === null) return { text: null, diagnostics }
  const found = differenceOf(plan, session)
  switch (options.format) {
    case 'json': {
      const json = {
        version: 1,
        analyzer: program,
        target: targetJson(session),
        complete: plan.complete,
        ...diffJson(found),
        diagnostics: diagnostics.map(diagnosticJson),
      }
      return { text: printJson(json), diagnostics }
    }
    case 'markdown':
      return { text: diffMarkdown(found, document.text), diagnostics }
    default:
      return { text: diffText(found, { values: document.text, color: options.color }), diagnostics }
  }
}
