import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { tabs } from '../../scripts/page/shown.ts'
import { describePages } from './pages.ts'
import { editor, settled, tab } from './user.ts'

/** What a user does on the page. */
const acts: readonly (readonly [title: string, act: (page: Page) => Promise<void>])[] = [
  ['nothing', page => page.waitForTimeout(300)],
  ['typing', page => settled(page, () => editor(page).pressSequentially('// what is typed\n'))],
  [
    'pasting the address of a server',
    page => settled(page, () => editor(page).fill('import.http "x" { url = "https://example.com/x.alloy" }\n')),
  ],
  ['every example', eachExample],
  [
    'every view',
    async page => {
      for (const name of Object.values(tabs)) await settled(page, () => tab(page, name).click())
    },
  ],
  ['sharing', page => page.getByRole('button', { name: 'Copy link' }).click()],
  [
    'opening a file',
    page => settled(page, () => page.locator('#picked').setInputFiles([fileOf('logging { level = "debug" }')])),
  ],
  ['what leads to a row of the table', page => page.locator('#panel .node').first().click()],
]

const fileOf = (text: string) => ({ name: 'config.alloy', mimeType: 'text/plain', buffer: Buffer.from(text) })

async function eachExample(page: Page): Promise<void> {
  const count = await page.locator('#example option').count()
  for (let at = 0; at < count; at++)
    await settled(page, () => page.locator('#example').selectOption({ index: count - 1 - at }))
}

/** Ways in which a page could send something, and the part of its policy that forbids each. */
const sending: readonly (readonly [title: string, script: string, directive: string])[] = [
  ['a request', `fetch('/sent').catch(() => {})`, 'connect-src'],
  ['a beacon', `navigator.sendBeacon('/sent', 'x')`, 'connect-src'],
  ['a socket', `new WebSocket(location.href.replace('http', 'ws'))`, 'connect-src'],
  ['an event source', `new EventSource('/sent')`, 'connect-src'],
  ['a picture', `(new Image().src = '/sent')`, 'img-src'],
  ['a frame', `document.body.append(Object.assign(document.createElement('iframe'), { src: '/sent' }))`, 'frame-src'],
  ['a worker', `new Worker('data:text/javascript,')`, 'worker-src'],
  [
    'a style sheet',
    `document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'https://127.0.0.1/' }))`,
    'style-src-elem',
  ],
  [
    'a form',
    `(() => { const form = document.createElement('form'); form.action = '/sent'; form.method = 'post'; document.body.append(form); form.submit() })()`,
    'form-action',
  ],
  [
    'a script of elsewhere',
    `document.body.append(Object.assign(document.createElement('script'), { src: 'https://127.0.0.1/' }))`,
    'script-src-elem',
  ],
  [
    'a script in the page',
    `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))`,
    'script-src-elem',
  ],
  ['text as a script', `setTimeout(() => (0, eval)('window.ran = true'))`, 'script-src'],
]

describePages('site/silence', it => {
  for (const [title, act] of acts)
    it(`nothing is asked for, and nothing said, after ${title}`, async open => {
      const { page, requests, said } = await open()
      const before = [...requests]
      await act(page)
      await page.waitForTimeout(100)
      assert.is(before.length, 3)
      assert.equal(requests, before)
      assert.equal(said, [])
    })
  for (const [title, script, directive] of sending)
    it(`the policy forbids ${title}`, async open => {
      const { page } = await open()
      const forbidden = await page.evaluate(`new Promise(done => {
        document.addEventListener('securitypolicyviolation', event => done(event))
        void ${script}
        setTimeout(() => done({}), 5_000)
      }).then(({ effectiveDirective, disposition }) => ({ effectiveDirective, disposition }))`)
      assert.equal(forbidden, { effectiveDirective: directive, disposition: 'enforce' })
      assert.not.ok(await page.evaluate('window.ran'))
    })
})
