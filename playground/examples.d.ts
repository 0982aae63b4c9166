declare module 'examples' {
  /** The examples of the repository, which the bundler puts in. */
  export const examples: readonly { readonly title: string; readonly texts: readonly import('./texts.ts').Text[] }[]
}
