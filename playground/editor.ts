import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, type Diagnostic as Mark, setDiagnostics } from '@codemirror/lint'
import { Compartment, type EditorState } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import type { Diagnostic } from 'alloy-rbac'
import { basicSetup, EditorView } from 'codemirror'
import { alloy, yaml } from './languages.ts'
import { spotOf } from './problems.ts'
import { looksLikeYaml, type Text } from './texts.ts'

/** The editor of the page. */
export interface Editor {
  readonly show: (text: Text) => void
  /** Underlines what is said of the file that is open. */
  readonly mark: (diagnostics: readonly Diagnostic[], name: string) => void
  readonly select: (from: number, to: number) => void
}

const severities = { error: 'error', warning: 'warning', note: 'info' } as const

const colors = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: [tags.number, tags.atom], color: 'var(--number)' },
  { tag: tags.keyword, color: 'var(--block)', fontWeight: '600' },
  { tag: tags.propertyName, color: 'var(--name)' },
])

/** Makes the editor; `changed` is told what was typed, not what is opened. */
export function editorOf(parent: HTMLElement, changed: (text: string) => void): Editor {
  const language = new Compartment()
  let opening = false
  const languageOf = (text: string) => (looksLikeYaml(text) ? yaml : alloy)
  const view = new EditorView({
    parent,
    extensions: [
      basicSetup,
      lintGutter(),
      EditorView.lineWrapping,
      language.of(alloy),
      syntaxHighlighting(colors),
      EditorView.contentAttributes.of({ 'aria-label': 'Alloy configuration, Helm values, or manifests' }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged && !opening) changed(textOf(state))
      }),
    ],
  })
  return {
    show: ({ text }) => {
      opening = true
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        effects: language.reconfigure(languageOf(text)),
      })
      opening = false
    },
    mark: (diagnostics, name) =>
      view.dispatch(setDiagnostics(view.state, marksOf(diagnostics, name, view.state.doc.length))),
    select: (from, to) => {
      const end = view.state.doc.length
      view.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true })
      view.focus()
    },
  }
}

const textOf = (state: EditorState): string => state.doc.toString()

function marksOf(diagnostics: readonly Diagnostic[], name: string, end: number): readonly Mark[] {
  return diagnostics.flatMap(found => {
    const spot = spotOf(found)
    if (spot === null || spot.name !== name) return []
    const { severity, code, message, help } = found
    return [
      {
        from: Math.min(spot.from, end),
        to: Math.min(Math.max(spot.to, spot.from), end),
        severity: severities[severity],
        message: `${code}: ${message}${help === null ? '' : `\n${help}`}`,
      },
    ]
  })
}
