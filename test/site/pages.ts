import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { chromiumPath, type Opened, openPage, serve, startChromium } from '../../scripts/browser.ts'
import { describe, root } from '../harness.ts'

/** The folder of the playground, built once for all tests of a process. */
let built: string | null = null

/** Builds the playground, and returns its folder. */
export function site(): string {
  if (built === null) {
    const folder = mkdtempSync(join(tmpdir(), 'site-'))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    execFileSync(process.execPath, [`${root}dist/scripts/site.js`, folder])
    built = folder
  }
  return built
}

/** Opens a page for one test; the playground where no address is given. */
export type Open = (options?: BrowserContextOptions & { readonly at?: string }) => Promise<Opened>

type Body = (it: (title: string, test: (open: Open) => Promise<void>) => void) => void

/** A suite in one headless Chromium, in which every test opens pages of its own; where there is none, it says so. */
export function describePages(name: string, body: Body): void {
  const path = chromiumPath()
  if (path === null) {
    console.log(`skipped: ${name}, because Chromium is not installed`)
    return
  }
  describe(name, (it, after) => {
    const closing: (() => Promise<void>)[] = []
    let browser: Browser | null = null
    let address: string | null = null
    const started = async (): Promise<Browser> => {
      if (browser !== null) return browser
      browser = await startChromium(path)
      closing.push(() => browser?.close() ?? Promise.resolve())
      return browser
    }
    const playground = async (): Promise<string> => {
      if (address !== null) return address
      const served = await serve(site())
      closing.push(served.close)
      address = served.address
      return address
    }
    body((title, test) =>
      it(title, async () => {
        const opened: Opened[] = []
        try {
          await test(async ({ at, ...options } = {}) => {
            const place = at === undefined || at.startsWith('#') ? `${await playground()}${at ?? ''}` : at
            const page = await openPage(await started(), place, options)
            opened.push(page)
            return page
          })
        } finally {
          for (const { close } of opened) await close()
        }
      }),
    )
    after(async () => {
      for (const close of closing) await close()
    })
  })
}
