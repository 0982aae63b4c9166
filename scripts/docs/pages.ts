import { readFileSync } from 'node:fs'
import { readDiagnostics } from '../diagnostics.ts'
import { commandsPage } from './commands-page.ts'
import { configSchema } from './config-schema.ts'
import { diagnosticsPage } from './diagnostics-page.ts'
import { pictures } from './pictures.ts'
import { type Ranges, rulemapPage } from './rulemap-page.ts'

/** Every generated page by its path in the checkout. */
export async function pages(root: string): Promise<ReadonlyMap<string, string>> {
  const { components } = JSON.parse(readFileSync(`${root}rulemap/inventory.json`, 'utf8')) as { components: Ranges }
  return new Map([
    ['docs/commands.md', commandsPage()],
    [
      'docs/diagnostics.md',
      await diagnosticsPage(readDiagnostics(readFileSync(`${root}docs/diagnostics.yaml`, 'utf8')).notes),
    ],
    ['docs/rulemap.md', rulemapPage(components)],
    ['docs/schemas/config.schema.json', configSchema()],
    ...pictures(root),
  ])
}
