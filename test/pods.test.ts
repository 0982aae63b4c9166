import { readdirSync, readFileSync } from 'node:fs'
import { command } from './cli/io.ts'
import { describe, golden, root } from './harness.ts'

const folder = `${root}test/pods`

/** What a user sees of the pod: the document, then the diagnostics on standard error, one line each. */
describe('pods', it => {
  for (const name of readdirSync(folder).sort()) {
    it(name, async () => {
      const own = readdirSync(`${folder}/${name}`)
      const read = (file: string): string => readFileSync(`${folder}/${name}/${file}`, 'utf8')
      const files = Object.fromEntries(
        own.filter(file => !/^(?:arguments|expected)\./.test(file)).map(file => [file, read(file)]),
      )
      const more = own.includes('arguments.txt')
        ? read('arguments.txt')
            .split(/\s+/)
            .filter(each => each !== '')
        : []
      const argv = ['generate', ...Object.keys(files), '--only', 'pod', '--diagnostics', 'said.json', ...more]
      const { stdout, written } = await command(argv, files)
      const { diagnostics: said } = JSON.parse(written.get('/work/said.json')!) as { diagnostics: readonly Said[] }
      const lines = said.map(({ severity, code, message }) => `${severity}[${code}]: ${message}\n`)
      golden(`test/pods/${name}/expected.txt`, [stdout, ...lines].join(''))
    })
  }
})

interface Said {
  readonly severity: string
  readonly code: string
  readonly message: string
}
