import { accessSync, constants, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

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

/** How long anything in the browser may take, in milliseconds: machines are busy at times. */
const timeout = 30_000

/** A page that is open, and what it asked for and said since. */
export interface Opened {
  readonly page: Page
  /** Addresses that were asked for, by whatever means. */
  readonly requests: readonly string[]
  /** Errors and warnings of the console, what was thrown, and what the page's policy forbade. */
  readonly said: readonly string[]
  readonly close: () => Promise<void>
}

/** Starts headless Chromium; the caller closes it. */
export const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox'], timeout })

/** Opens a page in a context of its own, and waits until it is loaded. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options })
  const requests: string[] = []
  const said: string[] = []
  try {
    context.setDefaultTimeout(timeout)
    const page = await context.newPage()
    context.on('request', request => void requests.push(request.url()))
    page.on('websocket', socket => void requests.push(socket.url()))
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) said.push(message.text())
    })
    page.on('pageerror', error => void said.push(error.message))
    await page.goto(address, { waitUntil: 'load' })
    return { page, requests, said, close: () => context.close() }
  } catch (error) {
    await context.close()
    throw error
  }
}

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

/** A folder that is served on this machine, until it is closed. */
export interface Served {
  readonly address: string
  readonly close: () => Promise<void>
}

/** Serves the files of a folder; `/` is its index. */
export async function serve(folder: string): Promise<Served> {
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
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Serves a folder, opens its index in headless Chromium, and closes all of it when the work is done or failed. */
export async function withPage<T>(
  folder: string,
  executablePath: string,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { address, close } = await serve(folder)
  try {
    const browser = await startChromium(executablePath)
    try {
      return await work(await openPage(browser, address))
    } finally {
      await browser.close()
    }
  } finally {
    await close()
  }
}
