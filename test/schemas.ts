import { readdirSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { root } from './harness.ts'

const folder = `${root}docs/schemas`

/** The names of the documents that have a schema. */
export const schemaNames: readonly string[] = readdirSync(folder)
  .map(file => file.replace('.schema.json', ''))
  .filter(name => name !== 'common')

let ajv: Ajv | null = null

/** The schema of a document, compiled strictly. */
export function schemaOf(name: string): ValidateFunction {
  ajv ??= new Ajv({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    schemas: readdirSync(folder).map(file => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))),
  })
  const validate = ajv.getSchema(`${name}.schema.json`)
  if (!validate) throw new Error(`docs/schemas/ has no ${name}.schema.json`)
  return validate
}

/** Throws when a document does not fit its schema. */
export function fits(name: string, text: string): void {
  const validate = schemaOf(name)
  if (validate(JSON.parse(text))) return
  const errors = validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`)
  throw new Error(`what is printed does not fit ${name}.schema.json: ${errors?.join('; ')}\n${text.slice(0, 2_000)}`)
}

/** Holds every JSON document of a command line against its schema: what it printed, and the files that it wrote. */
export function checkDocuments(argv: readonly string[], stdout: string, written: ReadonlyMap<string, string>): void {
  const [name = ''] = argv
  const given = (option: string): string | undefined => {
    const at = argv.indexOf(option)
    return at === -1 ? argv.find(each => each.startsWith(`${option}=`))?.slice(option.length + 1) : argv[at + 1]
  }
  if (given('--format') === 'json' && stdout !== '')
    fits(['configurations', 'charts'].some(key => key in JSON.parse(stdout)) ? `${name}-all` : name, stdout)
  for (const [path, text] of written) {
    if (path.endsWith(`/${given('--diagnostics')}`)) fits('diagnostics', text)
    else if (path.endsWith(`/${given('--write-baseline')}`)) fits('baseline', text)
  }
}
