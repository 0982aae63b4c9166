import { componentNames } from '../../inventory/inventory.ts'
import { baseName, betweenSlashes } from '../../text/cut.ts'

/**
 * The instance that a line of Alloy's log names, its modules in front, as instances of a configuration are named; null where it names
 * none, as the lines of Kubernetes' client do. Every component logs with both fields
 * (grafana/alloy@v1.19.0-rc.3:internal/runtime/internal/controller/node_builtin_component.go#L190).
 */
export function componentIn(line: string): string | null {
  const id = fieldIn(line, 'component_id')
  if (id === null) return null
  const modules = betweenSlashes(fieldIn(line, 'component_path') ?? '')
  return modules === '' ? id : `${modules}/${id}`
}

/** A field of logfmt or JSON; its value has no blanks. */
function fieldIn(line: string, name: 'component_id' | 'component_path'): string | null {
  return line.match(fields[name])?.[1] ?? null
}

const fields = {
  component_id: /(?<![\w.-])component_id\\?"?[=:]\s?\\?"?([\w./-]{1,300})/,
  component_path: /(?<![\w.-])component_path\\?"?[=:]\s?\\?"?([\w./-]{1,300})/,
} as const

/** The component of an instance: its name without modules and label. Null where no component of any release has that name. */
export function componentOf(instance: string): string | null {
  const name = baseName(instance)
  if (componentNames.includes(name)) return name
  const unlabeled = name.slice(0, Math.max(0, name.lastIndexOf('.')))
  return componentNames.includes(unlabeled) ? unlabeled : null
}
