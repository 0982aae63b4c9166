import { required } from '../required.ts'
/** Names a character by its code point, and shows it where it can be seen. */
export function nameCharacter(character: string): string {
  const code = required(character.codePointAt(0), 'a character')
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) && code !== 0xe000 ? `${character} (${name})` : name
}

const helps: Readonly<Record<string, string>> = {
  '#': 'write comments after // or between /* and */',
  ';': 'end each statement with the end of the line',
  ':': 'write = between a key and its value',
  '?': 'there is no conditional operator; coalesce() returns the first of its arguments that is not empty',
  $: 'refer to values by name, without a $ sign',
  '\u00a0': 'replace the no-break space with a space',
  '\u201c': 'use straight double quotes',
  '\u201d': 'use straight double quotes',
}

/** What to do about a character that does not belong to the language; null where nothing is known. */
export function characterHelp(character: string): string | null {
  return helps[character] ?? null
}
