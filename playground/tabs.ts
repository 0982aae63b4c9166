/** A tab of a list. */
export interface Tab {
  readonly id: string
  readonly label: string
}

/** Shows tabs of which one is chosen; arrow keys, Home and End move between them. The list says which part of the page they change. */
export function showTabs(list: HTMLElement, tabs: readonly Tab[], chosen: string, choose: (id: string) => void): void {
  const had = list.contains(document.activeElement)
  const buttons = tabs.map(({ id, label }) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.role = 'tab'
    button.textContent = label
    button.setAttribute('aria-selected', String(id === chosen))
    button.setAttribute('aria-controls', list.dataset['controls'] ?? '')
    button.tabIndex = id === chosen ? 0 : -1
    button.addEventListener('click', () => choose(id))
    return button
  })
  list.replaceChildren(...buttons)
  list.onkeydown = event => {
    const at = tabs.findIndex(({ id }) => id === chosen)
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }
    const next = tabs[moves[event.key] ?? -1]
    if (next === undefined) return
    event.preventDefault()
    choose(next.id)
  }
  if (had) buttons.find(button => button.tabIndex === 0)?.focus()
}
