import type { Page } from 'playwright-core'
import { mainIn, type Shown } from '../../scripts/page/shown.ts'
import { command } from '../cli/io.ts'

/** Files by their names. */
export type Files = Readonly<Record<string, string>>

/** What the command prints for the views of the playground; null where it has no plan. */
export async function printedOf(page: Page, files: Files): Promise<Shown> {
  const names = Object.keys(files)
  const print = async (...argv: readonly string[]): Promise<string | null> =>
    (await command(argv, files)).stdout || null
  const html = async (verb: string): Promise<string | null> => {
    const printed = await print(verb, ...names, '--format', 'html')
    return printed === null ? null : mainIn(page, printed)
  }
  return {
    values: await print('generate', ...names),
    difference: await print('diff', ...names),
    picture: await html('generate'),
    check: await html('check'),
  }
}
