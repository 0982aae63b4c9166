import type { Page } from 'playwright-core'

/** What the page shows of a text, in its four views; null where it says that there is no plan. */
export interface Shown {
  readonly values: string | null
  readonly difference: string | null
  /** What is inside the main part of the page of `--format html`, as markup. */
  readonly picture: string | null
  readonly check: string | null
}

/** The tabs of the views, by what their answers are called here. */
export const tabs: Readonly<Record<keyof Shown, string>> = {
  picture: 'Picture',
  values: 'Helm values',
  difference: 'Difference',
  check: 'Check',
}

// In the page, as text: the tests and scripts compile without the types of a browser.
const inPage = `async (files, labels) => {
  const panel = document.querySelector('#panel')
  const settled = async act => {
    delete panel.dataset.took
    act()
    while (panel.dataset.took === undefined) await new Promise(done => setTimeout(done))
  }
  const drop = new DataTransfer()
  for (const [name, text] of files) drop.items.add(new File([text], name))
  await settled(() => window.dispatchEvent(new DragEvent('drop', { dataTransfer: drop, cancelable: true })))
  const shown = {}
  for (const [view, label] of labels) {
    const tab = [...document.querySelectorAll('#tabs [role=tab]')].find(each => each.textContent === label)
    await settled(() => tab.click())
    const inside = panel.firstElementChild?.shadowRoot?.querySelector('.report')
    shown[view] = inside?.innerHTML ?? panel.querySelector('pre')?.textContent ?? null
  }
  return shown
}`

/** Opens files in the playground, and reads what it shows of them in each view. */
export async function shownOf(page: Page, files: Readonly<Record<string, string>>): Promise<Shown> {
  const given = [JSON.stringify(Object.entries(files)), JSON.stringify(Object.entries(tabs))]
  return (await page.evaluate(`(${inPage})(${given.join(', ')})`)) as Shown
}

const mainOf = `page => {
  const main = new DOMParser().parseFromString(page, 'text/html').querySelector('main')
  // The playground keeps its own page open beside what a link leads to.
  for (const link of main.querySelectorAll('a[href^="https:"]')) link.setAttribute('target', '_blank')
  return main.innerHTML
}`

/** What the playground has to show of a page of `--format html`. */
export async function mainIn(page: Page, html: string): Promise<string> {
  return (await page.evaluate(`(${mainOf})(${JSON.stringify(html)})`)) as string
}
