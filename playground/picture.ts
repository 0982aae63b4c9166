import { renew } from './renew.ts'

/** What a panel shows: its root, and the page that is in it. */
interface Shown {
  readonly host: HTMLElement
  readonly root: ShadowRoot
  readonly sheet: CSSStyleSheet
  style: string
  main: string
}

const pictures = new WeakMap<HTMLElement, Shown>()

/** Shows a page of the program inside this one, apart from its styles; links within it lead to their places. What is the same as before stays as it is: scrolled, unfolded, and at rest. */
export function showPicture(panel: HTMLElement, page: string): void {
  const shown = pictures.get(panel) ?? pictureIn(panel)
  const style = between(page, '<style>', '</style>')
    .replaceAll(':root', ':host')
    .replace(/^html \{/m, ':host {')
  if (style !== shown.style) shown.sheet.replaceSync(style)
  shown.style = style
  const main = between(page, '<main class="report">', '</main>')
  if (main !== shown.main) {
    // A part of the page has a main part already.
    const template = document.createElement('template')
    template.innerHTML = `<div class="report">${main}</div>`
    for (const link of template.content.querySelectorAll('a[href^="https:"]')) link.setAttribute('target', '_blank')
    renew(shown.root, template.content)
  }
  shown.main = main
  if (panel.firstElementChild !== shown.host) panel.replaceChildren(shown.host)
}

/** What a page has between its only tags of an element: whatever an input says is escaped. */
function between(page: string, start: string, end: string): string {
  const at = page.indexOf(start) + start.length
  return page.slice(at, page.indexOf(end, at))
}

function pictureIn(panel: HTMLElement): Shown {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets = [sheet]
  root.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    if (link === null) return
    event.preventDefault()
    const place = root.getElementById(link.getAttribute('href')?.slice(1) ?? '')
    if (place === null) return
    if (place instanceof HTMLDetailsElement) place.open = true
    for (const marked of root.querySelectorAll('.marked')) marked.classList.remove('marked')
    place.classList.add('marked')
    place.tabIndex = -1
    place.focus({ preventScroll: true })
    place.scrollIntoView({ block: 'center' })
  })
  const shown = { host, root, sheet, style: '', main: '' }
  pictures.set(panel, shown)
  return shown
}
