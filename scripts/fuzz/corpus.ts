import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { examples } from '#rulemap/examples'

const root = fileURLToPath(new URL('../../../', import.meta.url))

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(`${root}${folder}`)
    .sort()
    .flatMap(name => {
      const at = `${folder}/${name}`
      if (statSync(root + at).isDirectory()) return filesIn(at, ending)
      return name.endsWith(ending) ? [readFileSync(root + at, 'utf8')] : []
    })
}

const ofRules = Object.values(examples).flatMap(text =>
  (JSON.parse(text) as readonly { readonly config: string }[]).map(({ config }) => config),
)

/** Configurations to start from: our examples, the tests' cases and error inputs, the examples of the rule map. */
export const configurations: readonly string[] = [
  ...filesIn('examples', '.alloy'),
  ...filesIn('test/cases', '.alloy'),
  ...filesIn('test/errors', '.alloy'),
  ...ofRules,
]

/** Helm values to start from. */
export const valuesFiles: readonly string[] = filesIn('examples', 'values.yaml')
