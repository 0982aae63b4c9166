import { parseAllDocuments } from 'yaml'
import { scalarTags } from '../../input/yaml/scalars.ts'
import type { Json } from '../json.ts'

/** Reads a YAML stream as Helm and kubectl do. Throws an Error for what is not YAML. */
export function readYaml(text: string): readonly Json[] {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    customTags: scalarTags,
    merge: true,
    uniqueKeys: true,
  })
  if (!Array.isArray(documents)) return []
  return documents.map(document => {
    const [error] = document.errors
    if (error) throw new Error(error.message)
    return document.toJS() as Json
  })
}
