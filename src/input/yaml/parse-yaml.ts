import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Source } from '../../source.ts'
import { build, builderOf, sizeLimit } from './build-tree.ts'
import { documentsOf, type Limits, limits } from './documents.ts'
import { problems } from './problems.ts'
import type { Tree } from './tree.ts'

/** How many mistakes are told of a whole stream: one that is broken throughout is not read to its end. */
const streamLimit = 100

/** Reads the documents of a YAML or JSON stream; those that do not parse are left out, empty ones too. */
export function readYaml(
  source: Source,
  { pieces, settleAfter }: Limits = limits,
  mostValues = sizeLimit,
): Outcome<readonly Tree[]> {
  const trees: Tree[] = []
  const diagnostics: Diagnostic[] = []
  let values = 0
  const beyond = (limit: string, at: number): Outcome<readonly Tree[]> => {
    const span = { source, start: at, end: at + 1 }
    return { value: [], diagnostics: [diagnostic('yaml-limit', span, { limit })] }
  }
  for (const found of documentsOf(source.text, { pieces, settleAfter }, () => builderOf(source))) {
    if ('limit' in found) return beyond(found.limit, found.at)
    const { document, builder } = found
    if (document.errors.length > 0) for (const each of problems(source, document)) diagnostics.push(each)
    else {
      const { value, diagnostics: said, size } = build(builder, document)
      values += size
      if (values > mostValues)
        return beyond(`of more than ${mostValues.toLocaleString('en')} values in all`, document.range?.[0] ?? 0)
      if (value) trees.push(value)
      for (const each of said.slice(0, streamLimit)) diagnostics.push(each)
    }
    if (diagnostics.length >= streamLimit) break
  }
  return { value: trees, diagnostics: diagnostics.slice(0, streamLimit) }
}
