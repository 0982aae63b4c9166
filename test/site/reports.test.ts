import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { describePages } from './pages.ts'
import { reports, withReport } from './report-files.ts'

/** All that one reads on a page. */
const read = (page: Page): Promise<string> => page.locator('main').innerText()

/** What reaches out of the window to the side, by its first words. */
const cutOff = async (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement
    return scrollWidth <= clientWidth ? [] : [...document.querySelectorAll('main *')]
      .filter(each => each.getBoundingClientRect().right > clientWidth + 1 && !each.closest('.scroll, pre, svg'))
      .map(each => each.tagName + ' ' + each.textContent.slice(0, 40))
  })()`)

/** What is folded, and would be missing on paper. */
const folded = async (page: Page): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll('details > :not(summary, .narrow)')]
    .filter(each => each.getBoundingClientRect().height === 0 || !each.checkVisibility({ contentVisibilityAuto: true }))
    .map(each => each.parentElement.textContent.slice(0, 60))`)

describePages('site/reports', it => {
  for (const name of Object.keys(reports) as (keyof typeof reports)[]) {
    it(`the page of ${name} opens from a file, asks for nothing, and says nothing`, async open =>
      withReport(name, async at => {
        const { page, requests, said } = await open({ at })
        await page.waitForTimeout(100)
        assert.equal(requests, [at])
        assert.equal(said, [])
        assert.is(await page.locator('script').count(), 0)
      }))
    it(`the page of ${name} is the same without scripts`, async open =>
      withReport(name, async at => {
        const [one, other] = [await open({ at }), await open({ at, javaScriptEnabled: false })]
        const text = await read(one.page)
        assert.ok(text.length > 200, text)
        assert.is(await read(other.page), text)
      }))
    it(`the page of ${name} fits into windows of any width`, async open =>
      withReport(name, async at => {
        const { page } = await open({ at })
        for (const width of [320, 700, 1440]) {
          await page.setViewportSize({ width, height: 900 })
          assert.equal(await cutOff(page), [], `${width}`)
        }
      }))
    it(`the page of ${name} unfolds for paper`, async open =>
      withReport(name, async at => {
        const { page } = await open({ at })
        await page.emulateMedia({ media: 'print' })
        await page.setViewportSize({ width: 720, height: 1000 })
        assert.equal(await folded(page), [])
        assert.equal(await cutOff(page), [])
        assert.is((await page.pdf({ format: 'A4' })).subarray(0, 5).toString(), '%PDF-')
      }))
  }
})
