// Measures the playground and pages in headless Chromium, and compares its answers with the command's: `npm run page [-- FILE.html…]`.
// ALLOY_CORPUS names configurations of which the page has to show what the command prints.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { analyze } from '../src/index.ts'
import { printedOf } from '../test/site/printed.ts'
import { chromiumPath, type Opened, startChromium, withPage } from './browser.ts'
import { shownOf, tabs } from './page/shown.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const rounds = 15
const views = ['values', 'difference', 'picture', 'check'] as const

const executable = chromiumPath()
if (executable === null) {
  console.error('Chromium is not installed: nothing is measured (CHROMIUM names it where it is not in the path)')
  process.exitCode = 1
} else {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  try {
    execFileSync(process.execPath, [`${root}dist/scripts/site.js`, folder])
    await withPage(folder, executable, async opened => {
      await measureTyping(opened)
      await compareCorpus(opened)
    })
    for (const path of process.argv.slice(2)) await measurePage(path, executable)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A configuration of 500 lines that scrapes, relabels and reads logs. */
function configuration(): string {
  const texts = readdirSync(`${root}examples`)
    .map(name => readFileSync(`${root}examples/${name}/config.alloy`, 'utf8'))
    .filter(text => /^discovery\.kubernetes "/m.test(text))
  let lines: readonly string[] = []
  for (let at = 0; lines.length < 500; at++) {
    const text = (texts[at % texts.length] ?? '')
      .replace(/^(?:logging|livedebugging|remotecfg) \{[^}]*\}\n/gm, '')
      .replaceAll(/^([a-z][\w.]+) "(\w+)"/gm, `$1 "$2_${at}"`)
      .replaceAll(
        /\b((?:discovery|loki|prometheus|remote|otelcol|pyroscope|local)\.[\w.]+?\.)(\w+)\.(targets|output|receiver|receivers|data|content)\b/g,
        `$1$2_${at}.$3`,
      )
    lines = [...lines, ...text.split('\n')]
  }
  return lines.join('\n')
}

/** From a key to the answer on the page, in the views one after another; and how long the page was busy until it was drawn. */
async function measureTyping({ page }: Opened): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const text = configuration()
  const { diagnostics } = analyze({ 'config.alloy': text })
  await page.locator('.cm-content').focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
  await page.waitForTimeout(1_000)
  console.log(
    `${text.split('\n').length} lines, ${diagnostics.filter(({ severity }) => severity === 'error').length} errors; from a key that moves every line to the answer, and until it is drawn, median and worst of ${rounds}:`,
  )
  for (const name of Object.values(tabs)) {
    await page.getByRole('tab', { name, exact: true }).click()
    await page.locator('.cm-content').focus()
    await page.keyboard.press('ControlOrMeta+Home')
    const times: { readonly answer: number; readonly drawn: number }[] = []
    for (let at = 0; at < rounds + 3; at++) {
      const before = await busy()
      await page.keyboard.insertText('\n')
      await page.waitForTimeout(250)
      const drawn = (await busy()) - before
      if (at >= 3) times.push({ answer: Number(await page.locator('#panel').getAttribute('data-took')), drawn })
    }
    const [answer, drawn] = [times.map(each => each.answer), times.map(each => each.drawn)].map(spread)
    console.log(`  ${name.padEnd(12)} ${answer}; drawn ${drawn}`)
  }
}

/** The median and the worst of times. */
function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  return `${(sorted[sorted.length >> 1] ?? 0).toFixed(1)} ms, ${(sorted.at(-1) ?? 0).toFixed(1)} ms`
}

/** The page shows of every configuration of the corpus what the command prints, in each view. */
async function compareCorpus({ page }: Opened): Promise<void> {
  const folder = process.env['ALLOY_CORPUS']
  if (folder === undefined) return
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.alloy'))
  let same = 0
  for (const path of paths) {
    const files = { 'config.alloy': readFileSync(join(folder, path), 'utf8') }
    const [shown, printed] = [await shownOf(page, files), await printedOf(page, files)]
    const differs = views.filter(view => shown[view] !== printed[view])
    if (differs.length === 0) same++
    else console.log(`  differs: ${path}: ${differs.join(', ')}`)
  }
  console.log(`corpus: the page shows of ${same} of ${paths.length} configurations what the command prints`)
  if (same < paths.length) process.exitCode = 1
}

/** How large a page is, and how long it takes until it is drawn. */
async function measurePage(path: string, executablePath: string): Promise<void> {
  const browser = await startChromium(executablePath)
  try {
    const page = await browser.newPage()
    const times: number[] = []
    for (let at = 0; at < 5; at++) {
      await page.goto(pathToFileURL(path).href, { waitUntil: 'load' })
      times.push(
        Number(
          await page.evaluate(
            `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))`,
          ),
        ),
      )
    }
    console.log(
      `${path}: ${statSync(path).size} bytes, drawn after ${times.map(time => Math.round(time)).join(', ')} ms`,
    )
  } finally {
    await browser.close()
  }
}
