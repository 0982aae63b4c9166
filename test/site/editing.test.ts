import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { describePages } from './pages.ts'
import { drop, editor, settled, tab } from './user.ts'

/** What is underlined in the editor, each with how severe it is. */
async function marks(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(`[...document.querySelectorAll('.cm-lintRange')].map(each =>
    [...each.classList].find(name => name.startsWith('cm-lintRange-')).slice(13) + ' ' + each.textContent)`)) as string[]
}

const names = async (page: Page): Promise<readonly string[]> =>
  page.getByRole('tablist', { name: 'Files' }).getByRole('tab').allTextContents()

const values = `alloy:\n  configMap:\n    content: |\n      discovery.kubernetes "a" {\n        role = "pods"\n      }\n`

/** Waits until the page says how many problems there are. */
const said = (page: Page, words: string): Promise<void> => page.locator('#summary', { hasText: words }).waitFor()

describePages('site/editing', it => {
  it('what is wrong is underlined and listed while one types, and no longer when it is right', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('discovery.kubernetes "x" {\n  role = \n}\n'))
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    // The editor writes the second quotation mark.
    await page.keyboard.type('"pods')
    // There was an error before the last character too.
    await page.locator('#problems li', { hasText: /config\.alloy:2.*pods/ }).waitFor()
    await said(page, '1 error')
    assert.equal(await marks(page), ['error "pods"'])
    assert.match((await page.locator('#problems li').allTextContents()).join(), /^error ARB\d{3} config\.alloy:2.*pods/)
    assert.is(await page.locator('.cm-lint-marker-error').count(), 1)
    await page.keyboard.press('Backspace')
    await said(page, 'None.')
    assert.equal(await marks(page), [])
    assert.is(await page.locator('#problems li').count(), 0)
    assert.match((await page.locator('#panel').textContent()) ?? '', /^$/)
    assert.ok(await page.getByRole('heading', { level: 1, name: /permissions/ }).isVisible())
  })
  it('F8 goes to the next problem', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('a "x" { }\n\nb "y" { }\n'))
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.press('F8')
    const line = 'document.querySelector(".cm-activeLine").textContent'
    const first = await page.evaluate(line)
    await page.keyboard.press('F8')
    assert.equal([first, await page.evaluate(line)], ['a "x" { }', 'b "y" { }'])
  })
  it('what is pasted decides whether it is a configuration or values', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill(values))
    assert.equal(await names(page), ['values.yaml'])
    assert.equal(await marks(page), ['error "pods"'])
    await settled(page, () => editor(page).fill('logging { }'))
    assert.equal(await names(page), ['config.alloy'])
  })
  it('files that are dropped replace what is there, each with a name of its own', async open => {
    const { page } = await open()
    await drop(page, { 'a.alloy': 'discovery.kubernetes "a" { role = "pods" }', 'b.yaml': values })
    assert.equal(await names(page), ['a.alloy', 'b.yaml'])
    assert.equal(await marks(page), ['error "pods"'])
    await settled(page, () => page.getByRole('tab', { name: 'b.yaml' }).click())
    assert.match((await editor(page).textContent()) ?? '', /^alloy:/)
  })
  it('a problem of another file opens that file', async open => {
    const { page } = await open()
    await drop(page, { 'a.alloy': 'logging { }', 'b.alloy': 'discovery.kubernetes "b" { role = "pods" }' })
    await settled(page, () => page.locator('#problems button').first().click())
    assert.is(await page.getByRole('tab', { name: 'b.alloy' }).getAttribute('aria-selected'), 'true')
    assert.is(await page.evaluate('getSelection().toString()'), '"pods"')
  })
  it('what is dropped without a file changes nothing', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('logging { }'))
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/uri-list', 'https://example.com/')
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
    })()`)
    await page.waitForTimeout(100)
    assert.is(await editor(page).textContent(), 'logging { }')
  })
  it('an example replaces what is there', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('logging { }'))
    await settled(page, () => page.getByLabel('Example').selectOption('Events of the cluster'))
    assert.match((await editor(page).textContent()) ?? '', /loki\.source\.kubernetes_events/)
  })
  it('what was undone is answered too', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('logging { }'))
    await settled(page, () => editor(page).fill('discovery.kubernetes "x" { role = "pods" }'))
    await settled(page, () => page.keyboard.press('ControlOrMeta+Z'))
    assert.is(await page.locator('#summary').textContent(), 'None.')
  })
  it('what is the same after a key stays: unfolded, scrolled, and at rest', async open => {
    const { page } = await open()
    await page.locator('#panel .legend summary').first().click()
    const kept = `[...document.querySelector('#panel').firstElementChild.shadowRoot.querySelectorAll('.grid, .legend details, tr, .node, .b')]`
    await page.evaluate(`window.before = ${kept}; document.querySelector('#panel').scrollTop = 400`)
    // Every line that the picture names is another one then.
    await editor(page).focus()
    await page.keyboard.press('ControlOrMeta+Home')
    await settled(page, () => page.keyboard.press('Enter'))
    assert.ok(await page.locator('#panel .node', { hasText: 'config.alloy:44' }).first().isVisible())
    assert.ok(await page.evaluate(`${kept}.every((each, at) => each === window.before[at])`))
    assert.ok(await page.locator('#panel .legend details[open]').isVisible())
    assert.is(await page.evaluate(`document.querySelector('#panel').scrollTop`), 400)
  })
  it('the views show the answer for what is typed last', async open => {
    const { page } = await open()
    await settled(page, () => tab(page, 'Helm values').click())
    await page.keyboard.press('Tab')
    await editor(page).focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('discovery.kubernetes "x" {\nrole = "node"')
    await page.locator('#panel pre', { hasText: 'nodes' }).waitFor()
  })
})
