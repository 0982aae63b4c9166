/** Shows a page of the program inside this one, apart from its styles; links within it lead to their places. */
export function showPicture(panel: HTMLElement, page: string): void {
  const parsed = new DOMParser().parseFromString(page, 'text/html')
  const style = (parsed.querySelector('style')?.textContent ?? '')
    .replaceAll(':root', ':host')
    .replace(/^html \{/m, ':host {')
  const main = parsed.querySelector('main')
  if (main === null) return
  // This page has a main part already.
  const shown = document.createElement('div')
  shown.className = main.className
  shown.append(...main.childNodes)
  const known = panel.firstElementChild
  const host = known?.shadowRoot ? (known as HTMLElement) : document.createElement('div')
  const root = host.shadowRoot ?? opened(host)
  const sheet = document.createElement('style')
  sheet.textContent = style
  for (const link of shown.querySelectorAll('a[href^="https:"]')) link.setAttribute('target', '_blank')
  root.replaceChildren(sheet, shown)
  if (host !== known) panel.replaceChildren(host)
}

function opened(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: 'open' })
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
  return root
}
