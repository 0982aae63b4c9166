import type { Source, Span } from '../../source.ts'
import { isMarked, type TerraformResource } from '../terraform/resources.ts'
import { syntheticSource } from '../yaml/embed.ts'
import { get, type Scalar, scalarAt, textAt } from '../yaml/tree.ts'
import { behind } from '../yaml/veil.ts'
import { contentsOf, matchersOf, typeOf } from './fields.ts'
import type { RemotePipeline } from './pipeline.ts'

/** The pipeline that a resource is; null for other resources. What is known only after the plan is applied is not known. */
export function terraformPipeline(resource: TerraformResource, shown: Source): RemotePipeline | null {
  const { address, type, values, unknown, sensitive, span } = resource
  if (type !== 'grafana_fleet_management_pipeline') return null
  const isUnknown = (key: string): boolean => isMarked(unknown, key)
  const name = textAt(values, 'name') ?? address
  const text = isUnknown('contents') ? null : scalarAt(values, 'contents')
  const contents =
    text === null
      ? null
      : contentsIn(text, { name, isSecret: isMarked(sensitive, 'contents'), at: behind(shown, span) })
  const hasMatchers = !isUnknown('matchers') && !hasMarks(resource)
  return {
    name,
    contents,
    matchers: hasMatchers ? matchersOf(get(values, 'matchers'), shown) : null,
    enabled: isUnknown('enabled') ? null : scalarAt(values, 'enabled')?.value !== false,
    type: isUnknown('config_type') ? 'alloy' : typeOf(values, contents),
    span: behind(shown, span),
  }
}

/** Whether one of the matchers is known only after the plan is applied. */
const hasMarks = ({ unknown }: TerraformResource): boolean => {
  const marks = get(unknown, 'matchers')
  return marks?.kind === 'list' && marks.items.some((_, at) => isMarked(marks, at))
}

/** What Terraform calls sensitive has no place of its own that a frame could show. */
function contentsIn(
  text: Scalar,
  { name, isSecret, at }: { readonly name: string; readonly isSecret: boolean; readonly at: Span },
): Source | null {
  const open = contentsOf(text, name)
  return open !== null && isSecret ? syntheticSource(open.path, open.text, at) : open
}
