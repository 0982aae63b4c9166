import type { Source } from '../../source.ts'
import { looksLikeYaml } from '../detect.ts'
import { embed } from '../yaml/embed.ts'
import { itemsAt, type Scalar, scalarAt, type Tree } from '../yaml/tree.ts'
import { behind, standsApart, veiled } from '../yaml/veil.ts'
import type { MatcherText, RemotePipeline } from './pipeline.ts'

/**
 * The configuration that a text of a document is: a part of the file where it stands apart from all else, else, as on the one line of
 * JSON that a program prints, a text of its own.
 */
export function contentsOf(text: Scalar, name: string): Source | null {
  if (typeof text.value !== 'string') return null
  return standsApart(text)
    ? embed(text, `pipeline ${name}`)
    : { path: `${text.span.source.path}:${name}`, text: text.value }
}

/** Keys whose values a frame may show. */
const openKeys = /^(?:name|file|matchers|enabled|config_?type|id|address|type|mode)$/i

/** A document as it may be shown. */
export const shownSource = (document: Tree): Source => veiled(document, key => openKeys.test(key))

/** The matchers of a list; a value that leaves them out says that there are none. */
export function matchersOf(tree: Tree | null, shown: Source): readonly MatcherText[] {
  return itemsAt(tree).flatMap(item => {
    const scalar = scalarAt(item)
    return scalar === null ? [] : [{ text: String(scalar.value ?? ''), span: behind(shown, scalar.span) }]
  })
}

/** What a pipeline is for: what it says, else what its contents look like. */
export function typeOf(tree: Tree, contents: Source | null): RemotePipeline['type'] {
  const said = String((scalarAt(tree, 'configType') ?? scalarAt(tree, 'config_type'))?.value ?? '').toUpperCase()
  if (/^(?:CONFIG_TYPE_)?(?:OTEL|ALLOY)$|^[12]$/.test(said)) return /OTEL$|^2$/.test(said) ? 'otel' : 'alloy'
  return contents !== null && looksLikeYaml(contents) ? 'otel' : 'alloy'
}
