/** What the package says of this program. */
export declare const program: { readonly name: string; readonly version: string }
