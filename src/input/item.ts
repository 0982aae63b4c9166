/** One thing that the user passes in; `-` is the path of standard input. */
export type Item =
  | { readonly kind: 'file'; readonly path: string; readonly content: Uint8Array | string }
  | { readonly kind: 'folder'; readonly path: string }
