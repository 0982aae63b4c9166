import type { Source } from '../../source.ts'
import { syntheticSource } from '../yaml/embed.ts'
import { behind } from '../yaml/veil.ts'
import { isMarked, type TerraformResource } from './resources.ts'

/**
 * A text of a resource, by the file of the plan and the address: JSON has it on one line with all else. What is sensitive stands for the
 * place of the resource, where nothing of it is shown.
 */
export function sourceOf(
  resource: TerraformResource,
  text: string,
  shown: Source,
  path: readonly (string | number)[] = [],
): Source {
  const { address, span, sensitive } = resource
  const steps = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  const name = `${span.source.path}:${address}${steps}`
  const [field] = path
  const isSecret = field === undefined ? hasMark(resource) : isMarked(sensitive, ...path)
  return isSecret ? syntheticSource(name, text, behind(shown, span)) : { path: name, text }
}

/** Whether anything of a resource is sensitive. */
function hasMark({ sensitive }: TerraformResource): boolean {
  const work = [sensitive]
  for (const at of work) {
    if (at?.kind === 'scalar' && at.value === true) return true
    if (at?.kind === 'list') for (const each of at.items) work.push(each)
    if (at?.kind === 'map') for (const { value } of at.entries.values()) work.push(value)
  }
  return false
}
