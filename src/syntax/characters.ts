import { required } from '../required.ts'
/** Names a character by its code point, and shows it where it can be seen. */
export function nameCharacter(character: string): string {
  const code = required(character.codePointAt(0), 'a character')
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) && code !== 0xe000 ? `${character} (${name})` : name
}
