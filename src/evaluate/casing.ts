/**
 * Lowers a character as Go does, which keeps no special casing: ß stays, Σ becomes σ. JavaScript knows more, so what becomes
 * several characters stays as it is, but for İ, which Go makes an i.
 */
export const lowerRune = (rune: string): string => (rune === 'İ' ? 'i' : single(rune.toLowerCase(), rune))

/** Raises a character, likewise. */
export const upperRune = (rune: string): string => single(rune.toUpperCase(), rune)

const single = (changed: string, rune: string): string => ([...changed].length === 1 ? changed : rune)
