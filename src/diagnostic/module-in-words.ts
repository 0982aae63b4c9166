/** Why the content of an import is not available. `label`: that of the import, by which a copy of it can be passed. */
export type Unavailable =
  | { readonly kind: 'fetched'; readonly from: string; readonly label: string | null }
  /** `settled`: the options that would say what it is. */
  | { readonly kind: 'unknown'; readonly argument: string; readonly settled: string; readonly label: string | null }
  | {
      readonly kind: 'unreadable' | 'missing' | 'outside' | 'missing copy' | 'outside copy'
      readonly path: string
      readonly label: string | null
    }
  | { readonly kind: 'faulty'; readonly path: string }
  /** It imports itself, which is reported where it does. */
  | { readonly kind: 'recursive' }

/** Why a module is not available, as a sentence about it. */
export function whyUnavailable(cause: Unavailable): string {
  switch (cause.kind) {
    case 'fetched':
      return `it is fetched from ${cause.from}`
    case 'unknown':
      return `its ${cause.argument} is known only at run time`
    case 'unreadable':
      return `${cause.path} is not readable text`
    case 'missing':
      return `${cause.path} is not part of the input`
    case 'outside':
      return `${cause.path} is outside the input folder`
    case 'missing copy':
      return `${cause.path} does not exist`
    case 'outside copy':
      return `${cause.path} is outside the copy`
    case 'faulty':
      return `${cause.path} has syntax errors`
    case 'recursive':
      return 'it imports itself'
    default:
      return cause satisfies never
  }
}

/** What makes it available. */
export function helpForUnavailable(cause: Unavailable): string {
  if (cause.kind === 'faulty') return 'fix the errors in it'
  if (cause.kind === 'recursive') return 'break the recursion'
  const copy = `a local copy with --module ${cause.label}=PATH`
  switch (cause.kind) {
    case 'fetched':
    case 'unreadable':
      return `provide ${copy}`
    case 'unknown':
      return `${cause.settled === '' ? 'provide ' : `set the value with ${cause.settled}, or provide `}${copy}`
    case 'missing':
      return cause.path.startsWith('/')
        ? `give ${copy}`
        : `add it to the input, set Alloy's working directory with --workdir, or provide ${copy}`
    case 'outside':
      return `allow it with --allow-outside, or provide ${copy}`
    case 'missing copy':
    case 'outside copy':
      return `pass a file or folder that contains the module with --module ${cause.label}=PATH`
    default:
      return cause satisfies never
  }
}
