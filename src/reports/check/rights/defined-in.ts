/**
 * Where the rules of an account are written: in objects, in the chart's values, or nowhere that can be edited: objects that the chart
 * rendered, defaults of the chart, roles of every cluster. `apart`: beside a chart that takes neither rules nor objects from its values.
 */
export type DefinedIn = 'objects' | 'values' | 'rendered' | 'defaults' | 'built-in' | 'apart'

/** Says whether the values that generate prints decide what is written there. */
export const areOfValues = (definedIn: DefinedIn): boolean => definedIn === 'values' || isRendered(definedIn)

export const isRendered = (definedIn: DefinedIn): boolean => definedIn === 'rendered' || definedIn === 'defaults'
