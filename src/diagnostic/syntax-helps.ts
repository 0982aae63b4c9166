/** What a token in the wrong place shows to have gone wrong. */
export type Slip = 'stray brace' | 'header on two lines' | 'bare label'

/** What to do about a token in the wrong place. */
export const slips: Readonly<Record<Slip, string>> = {
  'stray brace': 'remove the }, or open the block that it closes',
  'header on two lines': 'move the = or the { to the line of the name',
  'bare label': 'put a label in double quotes',
}

/** What to do about a character that does not belong to the language. */
export const characters: Readonly<Record<string, string>> = {
  '#': 'write comments after // or between /* and */',
  ';': 'end each statement with the end of the line',
  ':': 'write = between a key and its value',
  '?': 'there is no conditional operator; coalesce() returns the first of its arguments that is not empty',
  $: 'refer to values by name, without a $ sign',
  '\u00a0': 'replace the no-break space with a space',
  '\u201c': 'use straight double quotes',
  '\u201d': 'use straight double quotes',
}
