/** The texts of modules. */
export interface Modules<Text = string> {
  readonly core: Text
  readonly command: Text
}

/** How modules are put together as one script. */
export interface Link {
  /** What the script consists of: ranges of the modules, and what takes the place of their imports and exports. */
  readonly parts: readonly (string | readonly [module: keyof Modules, from: number, to: number])[]
  /** Of the script: a part of the name of what V8 keeps of it. */
  readonly digest: string
}

/** The script that does what the modules do. */
export function linked(parts: Link['parts'], modules: Modules): string {
  return parts.map(part => (typeof part === 'string' ? part : modules[part[0]].slice(part[1], part[2]))).join('')
}
