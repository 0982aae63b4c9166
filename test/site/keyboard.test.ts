import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { describePages } from './pages.ts'
import { editor, settled, tab } from './user.ts'

/** What has the focus when the editor has noticed, by its role and name, as a screen reader says it; and whether it is drawn so that one sees it. */
async function focused(page: Page): Promise<{ readonly what: string; readonly visible: boolean }> {
  return (await page.evaluate(`new Promise(done => setTimeout(done, 40)).then(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    const frame = at.closest('.cm-editor')
    return {
      what: at.getAttribute('aria-label') ?? at.labels?.[0]?.firstChild?.textContent.trim() ?? at.textContent.trim(),
      visible: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || (frame !== null && getComputedStyle(frame).boxShadow !== 'none'),
    }
  })`)) as { readonly what: string; readonly visible: boolean }
}

/** Presses keys one after another, and tells what had the focus after each. */
async function walk(page: Page, keys: readonly string[]): Promise<readonly string[]> {
  const passed: string[] = []
  for (const key of keys) {
    await page.keyboard.press(key)
    const { what, visible } = await focused(page)
    assert.ok(visible, `the focus on ${what} is not visible`)
    passed.push(what)
  }
  return passed
}

const input = 'Alloy configuration, Helm values, or manifests'

describePages('site/keyboard', it => {
  it('Tab goes from the top over the editor to the answer, and Shift+Tab back', async open => {
    const { page } = await open()
    const there = await walk(
      page,
      Array.from({ length: 7 }, () => 'Tab'),
    )
    assert.equal(there, ['Example', 'Open files', 'Copy link', 'config.alloy', input, 'Picture', 'Picture'])
    const back = await walk(
      page,
      Array.from({ length: 6 }, () => 'Shift+Tab'),
    )
    assert.equal(back, [...there.slice(0, -1)].reverse())
  })
  it('arrow keys, Home and End choose the view', async open => {
    const { page } = await open()
    await tab(page, 'Picture').focus()
    const keys = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']
    const views: string[] = []
    for (const key of keys) {
      await settled(page, () => page.keyboard.press(key))
      const { what, visible } = await focused(page)
      assert.ok(visible, what)
      assert.is(await tab(page, what).getAttribute('aria-selected'), 'true')
      views.push(what)
    }
    assert.equal(views, ['Helm values', 'Difference', 'Check', 'Picture', 'Check', 'Picture', 'Check'])
  })
  it('typing changes the answer, and Tab does not indent but leaves', async open => {
    const { page } = await open()
    await editor(page).focus()
    await page.keyboard.press('ControlOrMeta+A')
    await settled(page, () => page.keyboard.type('discovery.kubernetes "x" { role = "node"'))
    const { what } = await focused(page)
    assert.is(what, input)
    await page.keyboard.press('Tab')
    assert.is.not((await focused(page)).what, input)
    assert.not.match((await editor(page).textContent()) ?? '', /\t/)
  })
  it('Enter on a problem goes to its place in the editor', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('logging { }\n\ndiscovery.kubernetes "x" { role = "pods" }\n'))
    await page.locator('#problems button').first().focus()
    await page.keyboard.press('Enter')
    assert.is((await focused(page)).what, input)
    assert.is(await page.evaluate('getSelection().toString()'), '"pods"')
  })
  it('Enter on a node of the picture goes to its row', async open => {
    const { page } = await open()
    await page.locator('#panel a.node').first().focus()
    assert.ok((await focused(page)).visible)
    await page.keyboard.press('Enter')
    assert.match((await focused(page)).what, /loki\.source\.kubernetes/)
    assert.is(await page.locator('#panel tr.marked').count(), 1)
  })
  it('files are chosen with arrow keys where there are several', async open => {
    const { page } = await open()
    const files = ['a.alloy', 'b.alloy'].map(name => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from('logging { }'),
    }))
    await settled(page, () => page.locator('#picked').setInputFiles(files))
    await page.getByRole('tab', { name: 'a.alloy' }).focus()
    await page.keyboard.press('ArrowRight')
    assert.is((await focused(page)).what, 'b.alloy')
    assert.is(await page.getByRole('tab', { name: 'b.alloy' }).getAttribute('aria-selected'), 'true')
  })
})
