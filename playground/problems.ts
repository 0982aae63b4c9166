import { type Diagnostic, locate, outermost } from 'alloy-rbac'

/** Where something is said: a file of the page, and a range of it. */
export interface Spot {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The place of a diagnostic in a file that is open; null where it has none. */
export function spotOf({ span }: Diagnostic): Spot | null {
  if (span === null) return null
  const { source, start, end } = outermost(span)
  return { name: source.path, from: start, to: end }
}

const severities = ['error', 'warning', 'note'] as const

/** How many there are of each severity, in words. */
export function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const parts = severities.flatMap(severity => {
    const count = diagnostics.filter(each => each.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  return parts.length === 0 ? 'None.' : parts.join(', ')
}

/** Lists what there is to say, the most severe first; each leads to its place. */
export function showProblems(list: HTMLElement, diagnostics: readonly Diagnostic[], go: (spot: Spot) => void): void {
  const sorted = severities.flatMap(severity => diagnostics.filter(each => each.severity === severity))
  list.replaceChildren(
    ...sorted.map(found => {
      const { severity, code, message, help } = found
      const spot = spotOf(found)
      const item = document.createElement('li')
      item.className = severity
      const button = document.createElement(spot === null ? 'p' : 'button')
      button.append(line('badge', severity), ` ${code} `, line('place', placeOf(found)), line('message', message))
      if (help !== null) button.append(line('help', help))
      if (spot !== null) button.addEventListener('click', () => go(spot))
      item.append(button)
      return item
    }),
  )
}

function placeOf({ span }: Diagnostic): string {
  if (span === null) return ''
  const { source, start } = outermost(span)
  return `${source.path}:${locate(source, start).line}`
}

function line(name: string, text: string): HTMLElement {
  const shown = document.createElement('span')
  shown.className = name
  shown.textContent = text
  return shown
}
