import { accessSync, constants, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

/** The Chromium that CHROMIUM names, or that is in the path; null where there is none. */
export function chromiumPath(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = env['CHROMIUM']
  if (named !== undefined) return named === '' ? null : named
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const paths = (env['PATH'] ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name)))
  return paths.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A page that is open, and what it asked for and said since. */
export interface Opened {
  readonly page: Page
  readonly address: string
  /** Addresses that were asked for. */
  readonly requests: readonly string[]
  /** Errors and warnings of the console, and what was thrown. */
  readonly said: readonly string[]
}

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

/** Serves a folder, opens its index in headless Chromium, and closes all of it when the work is done. */
export async function withPage<T>(
  folder: string,
  executablePath: string,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const server = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1)
    try {
      const content = readFileSync(join(folder, name))
      response.writeHead(200, {
        'content-type': `${types[name.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
      })
      response.end(content)
    } catch {
      // The page names three files: anything else it asks for is a finding, which the console tells.
      response.writeHead(404)
      response.end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    return await work(await opened(browser, address))
  } finally {
    await browser.close()
    await new Promise(resolve => server.close(resolve))
  }
}

async function opened(browser: Browser, address: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
  const page = await context.newPage()
  const requests: string[] = []
  const said: string[] = []
  page.on('request', request => void requests.push(request.url()))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text())
  })
  page.on('pageerror', error => void said.push(error.message))
  await page.goto(address, { waitUntil: 'load' })
  return { page, address, requests, said }
}
