/** What stays the same when one fault shows twice: the law, and what was said without numbers and quoted words. */
export const kindOf = (law: string, what: string): string =>
  `${law} ${what.slice(0, 400).replaceAll(/\d+|"[^"]*"/g, '')}`
