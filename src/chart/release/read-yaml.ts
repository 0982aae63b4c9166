import { parseAllDocuments, type ScalarTag, type Tags } from 'yaml'
import type { Json } from '../json.ts'

/**
 * Reads a YAML stream as Helm and kubectl do: YAML 1.1 as Go's library understands it. A bare `y`, `on` or `0b11` is no text there,
 * dates and `1:30` are. Throws an Error for what is no YAML.
 */
export function readYaml(text: string): readonly Json[] {
  const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: true, customTags: asGo })
  if (!Array.isArray(documents)) return []
  return documents.map(document => {
    if (document.errors.length > 0) throw new Error(document.errors[0]!.message)
    return document.toJS() as Json
  })
}

/** Go takes dates and sexagesimal numbers for texts, and `1e3` for a number. */
function asGo(tags: Tags): Tags {
  const found: Tags[number][] = []
  for (const tag of tags) {
    const format = typeof tag !== 'string' && 'format' in tag ? tag.format : undefined
    if (typeof tag === 'string') found.push(tag)
    // A tag stays a tag, whatever its expression.
    else if (format === 'EXP') found.push({ ...tag, test: /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+$/ } as ScalarTag)
    else if (tag.tag !== 'tag:yaml.org,2002:timestamp' && format !== 'TIME') found.push(tag)
  }
  return found
}
