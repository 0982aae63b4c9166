import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { tabs } from '../../scripts/page/shown.ts'
import { describePages } from './pages.ts'
import { drop, editor, settled, tab } from './user.ts'

const attack = `</style></script><img src=x onerror=window.ran=1><script>window.ran=1</script><svg onload=window.ran=1>"'&amp;`
const quoted = JSON.stringify(attack)

/** Where markup may be in what is typed, and a part of it that one of the views shows as text. */
const typed: readonly (readonly [title: string, text: string])[] = [
  ['a name of an object', `remote.kubernetes.secret "k" {\n  namespace = ${quoted}\n  name = ${quoted}\n}\n`],
  [
    'the path of a mount',
    `loki.source.file "f" {\n  targets = [{__path__ = "/var/log/" + ${quoted}}]\n  forward_to = []\n}\n`,
  ],
  [
    'a path that is asked for',
    `prometheus.scrape "s" {\n  targets = [{__address__ = "kubernetes.default.svc:443"}]\n  metrics_path = "/" + ${quoted}\n  scheme = "https"\n  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"\n  forward_to = []\n}\n`,
  ],
  ['an argument that is not known', `discovery.kubernetes "x" {\n  role = ${quoted}\n}\n`],
  [
    'a rule of values',
    `rbac: {rules: [{apiGroups: [""], resources: [${quoted}], verbs: [${quoted}]}]}\nalloy: {configMap: {content: 'discovery.kubernetes "a" { role = "pod" }'}}\n`,
  ],
  [
    'a name of a workload',
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ${quoted}, namespace: ${quoted}}\nspec: {template: {spec: {serviceAccountName: ${quoted}, containers: [{name: alloy, image: grafana/alloy}]}}}\n`,
  ],
]

/** What only a page that takes the text for markup has. */
async function harmless(page: Page): Promise<void> {
  const found = await page.evaluate(`(() => {
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap(each => each.shadowRoot ?? [])]
    return roots.flatMap(root => [...root.querySelectorAll('*')]).flatMap(element => [
      ...(['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'LINK'].includes(element.tagName) && !element.closest('head, .cm-editor') ? [element.outerHTML] : []),
      ...(element.tagName === 'SCRIPT' && element.getAttribute('src') !== 'playground.js' ? [element.outerHTML] : []),
      ...[...element.attributes].filter(({ name, value }) => /^on/i.test(name) || /^\\s*javascript:/i.test(value)).map(({ name }) => name),
    ])
  })()`)
  assert.equal(found, [])
  assert.is(await page.evaluate('window.ran'), undefined)
}

/** All that the page shows in its four views and below the editor. */
async function shownText(page: Page): Promise<string> {
  let text = ''
  for (const name of Object.values(tabs)) {
    await settled(page, () => tab(page, name).click())
    await harmless(page)
    text += await page.evaluate(
      `(document.querySelector('#panel').firstElementChild.shadowRoot ?? document.querySelector('#panel')).textContent`,
    )
  }
  return `${text}${await page.locator('.problems').textContent()}`
}

describePages('site/hostile', it => {
  for (const [title, text] of typed)
    it(`markup in ${title} is shown as text`, async open => {
      const { page, said, requests } = await open()
      await settled(page, () => editor(page).fill(text))
      assert.ok((await shownText(page)).includes('<img src=x onerror=window.ran=1>'), 'nothing of it is shown')
      assert.equal(said, [])
      assert.is(requests.length, 3)
    })
  it('markup in the name of a file is shown as text', async open => {
    const { page, said, requests } = await open()
    await drop(page, { [`${attack.replaceAll('/', '')}.alloy`]: 'discovery.kubernetes "k" { role = "pods" }\n' })
    assert.ok((await shownText(page)).includes('<img src=x onerror=window.ran=1>'), 'nothing of it is shown')
    assert.ok(await page.locator('#files').getByText('<img src=x').isVisible())
    assert.equal(said, [])
    assert.is(requests.length, 3)
  })
  it('markup in what is said of a place is text in the editor too', async open => {
    const { page } = await open()
    await settled(page, () => editor(page).fill(`discovery.kubernetes "x" {\n  role = ${quoted}\n}\n`))
    await page.locator('.cm-lintRange-error').first().hover()
    assert.match((await page.locator('.cm-tooltip').textContent()) ?? '', /<img src=x onerror/)
    await harmless(page)
  })
})
