import * as assert from 'uvu/assert'
import { describePages } from './pages.ts'
import { editor, settled, tab } from './user.ts'

/** What a screen reader says of the page up to the answer: every part with its role and name. */
const outline = `
- banner:
  - heading "What does this Alloy configuration need?" [level=1]
- main:
  - region "Input":
    - combobox "Example":
    - button "Open files"
    - button "Copy link"
    - status
    - tablist "Files":
      - tab "config.alloy" [selected]
    - textbox "Alloy configuration, Helm values, or manifests"
    - region "Problems":
      - heading "Problems" [level=2]
      - status: None.
  - region "Answer":
    - tablist "Answer as":
      - tab "Picture" [selected]
      - tab "Helm values"
      - tab "Difference"
      - tab "Check"
    - tabpanel "Picture":
`
const parts = /^ *- (banner|main|region|heading|combobox|button|status|tablist|tab|textbox|tabpanel)\b/

describePages('site/roles', it => {
  it('a screen reader finds every part by its role and name', async open => {
    const { page } = await open()
    const lines = (await page.locator('body').ariaSnapshot()).split('\n').filter(line => parts.test(line))
    const until = lines.findIndex(line => line.includes('tabpanel'))
    assert.is(lines.slice(0, until + 1).join('\n'), outline.trim())
  })
  it('there is one main part and one answer, whatever is shown in it', async open => {
    const { page } = await open()
    for (const name of ['Helm values', 'Picture', 'Check']) {
      await settled(page, () => tab(page, name).click())
      assert.is(await page.getByRole('main').count(), 1)
      assert.is(await page.getByRole('tabpanel', { name, exact: true }).count(), 1)
      assert.is(await tab(page, name).getAttribute('aria-controls'), 'panel')
    }
  })
  it('the number of problems is said when it changes, and not with every key', async open => {
    const { page } = await open()
    const status = page.getByRole('region', { name: 'Problems' }).getByRole('status')
    await settled(page, () => editor(page).fill('discovery.kubernetes "x" { role = "pods" }\n'))
    assert.is(await status.textContent(), '1 error')
    await page.evaluate(`window.said = 0
      new MutationObserver(() => { window.said++ }).observe(document.querySelector('#summary'), { childList: true, characterData: true, subtree: true })`)
    await settled(page, () => page.keyboard.insertText('\n'))
    assert.is(await page.evaluate('window.said'), 0)
    await settled(page, () => editor(page).fill('discovery.kubernetes "x" { role = "pod" }\n'))
    assert.is(await status.textContent(), 'None.')
    assert.is(await page.evaluate('window.said'), 1)
  })
  it('an answer without a plan leads to the problems', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('discovery.kubernetes "x" {'))
    assert.match((await page.getByRole('tabpanel', { name: 'Picture' }).textContent()) ?? '', /^No plan, because/)
    // Where one looks, and not below the window.
    for (const place of ['#summary', '#problems .message'])
      assert.ok(await page.evaluate(`document.querySelector('${place}').getBoundingClientRect().bottom <= innerHeight`))
  })
})
