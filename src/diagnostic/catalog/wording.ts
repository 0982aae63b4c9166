/** The name that may have been meant; null where none is near. */
export interface Close {
  readonly close: string | null
}

/** The options that would say what is known only at run time, `--env NODE=VALUE`; null where no argument is known to be. */
export const narrowedBy = ({ settled }: { settled: string | null }): string | null => {
  if (settled === null) return null
  if (settled === '') return 'write the value in the configuration to narrow the result'
  return `set the ${settled.includes(' --') ? 'values' : 'value'} with ${settled} to narrow the result`
}

export const passing = (command: string): string => `pass what it makes: ${command} | alloy-rbac check -`
