/** One condition of a label selector. An entry of `matchLabels` is `In` with one value. */
export interface LabelRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

/** The labels of an object, as far as they are known. */
export interface KnownLabels {
  /** Null: there, with a value that is not known. */
  readonly labels: ReadonlyMap<string, string | null>
  /** Whether there may be others. */
  readonly open: boolean
}

/**
 * Says whether labels fulfil all requirements, as Kubernetes evaluates a selector: none at all selects everything. A requirement that is
 * null is not known. Null: that cannot be told, as where Kubernetes refuses the selector.
 */
export function selects(
  requirements: readonly (LabelRequirement | null)[],
  { labels, open }: KnownLabels,
): boolean | null {
  if (requirements.some(each => each !== null && !isValid(each))) return null
  const truths = requirements.map(each => (each === null ? null : fulfils(each, labels, open)))
  if (truths.includes(false)) return false
  return truths.includes(null) ? null : true
}

function fulfils(
  { key, operator, values }: LabelRequirement,
  labels: KnownLabels['labels'],
  open: boolean,
): boolean | null {
  const value = labels.get(key)
  if (value === undefined) return open ? null : operator === 'NotIn' || operator === 'DoesNotExist'
  switch (operator) {
    case 'Exists':
      return true
    case 'DoesNotExist':
      return false
    case 'In':
      return value === null ? null : values.includes(value)
    default:
      return value === null ? null : !values.includes(value)
  }
}

/** Says whether Kubernetes accepts a requirement: the operator, how many values it takes, and how keys and values are spelt. */
export function isValid({ key, operator, values }: LabelRequirement): boolean {
  if (!isLabelKey(key) || !values.every(isLabelValue)) return false
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
    default:
      return false
  }
}

const word = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const domain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

function isLabelKey(key: string): boolean {
  const [name = '', prefix, ...more] = key.split('/').reverse()
  if (more.length > 0 || name.length > 63 || !word.test(name)) return false
  return prefix === undefined || (prefix.length <= 253 && domain.test(prefix))
}

/** Says whether a text can be the value of a label. */
export const isLabelValue = (value: string): boolean => value === '' || (value.length <= 63 && word.test(value))
