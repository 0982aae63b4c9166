import { randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { shownOf } from '../../scripts/page/shown.ts'
import { describePages } from './pages.ts'
import { drop, editor, settled } from './user.ts'

const files = {
  'first.alloy': 'discovery.kubernetes "ä → 𝕏" { role = "node" }\n\n// <b>"quoted"</b>\n',
  'second.alloy': 'remote.kubernetes.secret "s" {\n\tnamespace = "shop"\n\tname = "db"\n}\n',
}

/** Every text of the page, as it is sent nowhere. */
async function textsIn(page: Page): Promise<readonly (readonly [string, string])[]> {
  const texts: [string, string][] = []
  for (const tab of await page.getByRole('tablist', { name: 'Files' }).getByRole('tab').all()) {
    await settled(page, () => tab.click())
    texts.push([
      (await tab.textContent())!,
      String(
        await page.evaluate(`[...document.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n')`),
      ),
    ])
  }
  return texts
}

/** A link as the page makes it, of anything. */
const packed = (content: unknown): string =>
  `#1,${deflateRawSync(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url')}`

const attack = `"><img src=x onerror="window.ran = true"><script>window.ran = true</script><a href="javascript:window.ran = true">`

/** Fragments that no page made, or that lost something on their way. */
const broken: readonly (readonly [title: string, fragment: string])[] = [
  ['that lost its end', packed([['config.alloy', 'logging { }']]).slice(0, -6)],
  ['with markup', '#<img src=x onerror="window.ran=true">'],
  ['with a script for an address', '#javascript:window.ran=true'],
  ['of another version', packed([['config.alloy', 'logging { }']]).replace('#1,', '#2,')],
  ['of something else than JSON', packed(attack)],
  ['of an object', packed({ name: 'config.alloy', text: 'logging { }' })],
  ['of a text', packed(JSON.stringify(attack))],
  ['of no files', packed([])],
  ['of files that are none', packed([1, null, { text: attack }, ['only a name'], [attack, 3]])],
  ['that unpacks to more than any text', packed([['config.alloy', ' '.repeat(5_000_000)]])],
  ['that is longer than any that the page makes', packed([['config.alloy', randomBytes(60_000).toString('base64')]])],
  ['with signs that are no base64', '#1,$$$'],
  ['of one sign', '#1,A'],
]

describePages('site/share', it => {
  it('a link shows the same texts and the same answer', async open => {
    const { page } = await open()
    await drop(page, files)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.locator('#shared', { hasText: /./ }).waitFor()
    const fragment = new URL(page.url()).hash
    assert.match(fragment, /^#1,[\w-]+$/)
    const other = await open({ at: fragment })
    assert.equal(await textsIn(other.page), Object.entries(files))
    assert.equal(await shownOf(other.page, files), await shownOf(page, files))
    assert.equal(other.said, [])
  })
  it('a link that is opened in an open page shows its texts', async open => {
    const { page } = await open()
    await settled(page, () =>
      page.evaluate(`location.hash = ${JSON.stringify(packed([['own.alloy', 'logging { }']]))}`),
    )
    assert.equal(await textsIn(page), [['own.alloy', 'logging { }']])
  })
  it('a link that is broken leaves the texts of an open page as they are', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill('logging { level = "debug" }'))
    await page.evaluate(`location.hash = '#1,broken'`)
    await page.getByText('The link is broken.').waitFor()
    assert.equal(await textsIn(page), [['config.alloy', 'logging { level = "debug" }']])
  })
  it('a text that is too long for a link is not put into one', async open => {
    const { page } = await open()
    await drop(page, { 'config.alloy': `// ${randomBytes(60_000).toString('base64')}\n` })
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Too long for a link.').waitFor()
    assert.is(new URL(page.url()).hash, '')
  })
  for (const [title, fragment] of broken)
    it(`a link ${title} is said to be broken, and shows the first example`, async open => {
      const { page, said } = await open({ at: fragment })
      await page.getByText('The link is broken.').waitFor()
      assert.match((await editor(page).textContent()) ?? '', /loki\.source\.kubernetes/)
      assert.is(await page.evaluate('window.ran'), undefined)
      assert.equal(said, [])
    })
  it('a link with markup in names and texts shows it as text', async open => {
    const { page, said } = await open({
      at: packed([
        [attack, attack],
        ['config.alloy', `logging { level = ${JSON.stringify(attack)} }`],
      ]),
    })
    assert.equal(
      (await textsIn(page)).map(([name]) => name),
      [attack, 'config.alloy'],
    )
    assert.is(
      await page.evaluate(`document.querySelectorAll('img, script:not([src]), a[href^="javascript:"]').length`),
      0,
    )
    assert.is(await page.evaluate('window.ran'), undefined)
    assert.equal(said, [])
  })
})
