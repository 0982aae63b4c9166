import type { Locator, Page } from 'playwright-core'

/** The text of the editor. */
export const editor = (page: Page): Locator => page.getByRole('textbox', { name: /^Alloy configuration/ })

/** The tab of a view. */
export const tab = (page: Page, name: string): Locator =>
  page.getByRole('tablist', { name: 'Answer as' }).getByRole('tab', { name, exact: true })

/** Does something that changes the answer, and waits until the page has it. */
export async function settled(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(`delete document.querySelector('#panel').dataset.took`)
  await act()
  await page.waitForSelector('#panel[data-took]')
}

/** Opens files as if they were dropped. */
export function drop(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  return settled(page, () =>
    page.evaluate(`(() => {
      const dataTransfer = new DataTransfer()
      for (const [name, text] of ${JSON.stringify(Object.entries(files))}) dataTransfer.items.add(new File([text], name))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
    })()`),
  )
}
