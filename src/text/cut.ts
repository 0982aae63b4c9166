// What `/[…]+$/` and `/[…].*$/` say, in one pass: where the rest does not fit, an expression looks at every run of the characters
// once for each of them.

/** A text without those of the characters that end it. */
export function withoutEnding(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** A text up to the first of the characters; whole without one. */
export function upTo(text: string, characters: string): string {
  const ends = [...characters].map(each => text.indexOf(each)).filter(at => at !== -1)
  return text.slice(0, Math.min(text.length, ...ends))
}

/** What stands behind the last of the characters starts here; 0 without one. */
export const behindLast = (text: string, characters: string): number =>
  Math.max(...[...characters].map(each => text.lastIndexOf(each))) + 1

/** A path without the slashes at its end, but for the root. */
export const withoutSlash = (path: string): string => withoutEnding(path, '/') || '/'

/** A path without slashes at either end. */
export const betweenSlashes = (path: string): string => withoutEnding(path.replace(/^\/+/, ''), '/')

/** The last name of a path. */
export const baseName = (path: string): string => path.slice(behindLast(path, '/'))
