import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { describePages, type Open } from './pages.ts'
import { reports, withReport } from './report-files.ts'
import { settled, tab } from './user.ts'

/** Words that are hard to tell from what is behind them, each with its contrast; colors that are mixed count as the browser mixes them. */
const unreadable = async (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
    const over = (below, color) => {
      canvas.fillStyle = 'rgb(' + below.join() + ')'
      canvas.fillRect(0, 0, 1, 1)
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
    }
    const luminance = color => color.map(part => part / 255).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
    const up = element => element.parentElement ?? (element.getRootNode().host ?? null)
    const behind = element => element === null ? [255, 255, 255] : over(behind(up(element)), getComputedStyle(element).backgroundColor)
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap(each => each.shadowRoot ?? [])]
    const found = new Map()
    for (const element of roots.flatMap(root => [...root.querySelectorAll('body *, .report *')])) {
      const words = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join(' ').trim()
      if (!/[\\p{L}\\p{N}]/u.test(words) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const [one, other] = [behind(element), over(behind(element), getComputedStyle(element).color)].map(luminance)
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
      if (contrast < 4.5) found.set(words.slice(0, 30), Math.round(contrast * 10) / 10)
    }
    return [...found].map(([words, contrast]) => words + ': ' + contrast)
  })()`)

const background = async (page: Page): Promise<unknown> =>
  page.evaluate(`getComputedStyle(document.documentElement).getPropertyValue('--paper')`)

/** Moves to the box of a river by mouse or keyboard, and reads what it shows then. */
const ways: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  hovered: page => page.locator('a.node').first().hover(),
  focused: async page => {
    await page.locator('a.node').nth(1).focus()
    await page.keyboard.press('Shift+Tab')
  },
}

const schemes = ['light', 'dark'] as const

async function inBoth(open: Open, at: string): Promise<void> {
  const papers = new Set<unknown>()
  for (const colorScheme of schemes) {
    const { page } = await open({ at, colorScheme })
    papers.add(await background(page))
    assert.equal(await unreadable(page), [], colorScheme)
  }
  assert.is(papers.size, 2)
}

describePages('site/looks', it => {
  for (const name of Object.keys(reports) as (keyof typeof reports)[])
    it(`the page of ${name} is readable in light and dark`, async open => withReport(name, at => inBoth(open, at)))
  for (const colorScheme of schemes)
    it(`the playground is readable in ${colorScheme}`, async open => {
      const { page } = await open({ colorScheme })
      for (const name of ['Picture', 'Helm values', 'Difference', 'Check']) {
        await settled(page, () => tab(page, name).click())
        assert.equal(await unreadable(page), [], name)
      }
    })
  for (const [how, go] of Object.entries(ways))
    it(`a box of the river that is ${how} shows its line and evidence, and its strands stand out`, async open =>
      withReport('a configuration', async at => {
        const { page } = await open({ at })
        const box = page.locator('a.node').first()
        const tip = box.locator('.tip')
        assert.not.ok(await tip.isVisible())
        await go(page)
        await tip.waitFor()
        assert.match(
          await tip.innerText(),
          /^\S+config\.alloy:43\nrule loki\.source\.kubernetes#log\ngrafana\/alloy@v[\d.]+:.*\.go#L\d+/,
        )
        await page.waitForTimeout(300)
        const opacities = await page.evaluate(
          `[...document.querySelectorAll('.river .b')].map(each => [each.classList.contains('n0'), getComputedStyle(each).opacity])`,
        )
        assert.ok(
          (opacities as [boolean, string][]).some(([own]) => own) &&
            (opacities as [boolean, string][]).some(([own]) => !own),
        )
        for (const [own, opacity] of opacities as [boolean, string][]) assert.is(opacity, own ? '1' : '0.1')
      }))
  it('what a long river comes from is named at its beginning', async open =>
    withReport('a check that fails', async at => {
      const { page } = await open({ at })
      const top = async (place: string): Promise<number> =>
        Number(await page.evaluate(`document.querySelector('${place}').getBoundingClientRect().top`))
      assert.ok((await top('.river .k0 .node b')) - (await top('.river')) < 300)
    }))
  it('a box of the river leads to its row, which stands out', async open =>
    withReport('a configuration', async at => {
      const { page, requests } = await open({ at })
      await page.locator('a.node', { hasText: 'whole cluster' }).first().click()
      const row = page.locator('tr:target')
      assert.match(await row.innerText(), /^pods\/log/)
      assert.ok(await page.evaluate(`document.querySelector('tr:target').getBoundingClientRect().top < innerHeight`))
      assert.equal(requests, [at])
    }))
})
