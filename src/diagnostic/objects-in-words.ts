/** `for the 14 objects passed`: what a need was narrowed to. */
export const forObjects = ({ count }: { readonly count: number }): string =>
  `for the ${numbered(count, 'object')} passed`

/** `1 ServiceMonitor`, `14 ServiceMonitors`. */
export const numbered = (count: number, kind: string): string => `${count} ${kind}${count === 1 ? '' : 's'}`
