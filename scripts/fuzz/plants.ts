import type { Random } from './random.ts'
import type { Trial } from './trial.ts'

/** A secret that is told from all other text of an input. */
export const secret = 'zqzq7zqzqzqzq'
/** Enough of it, plain or in base64, at each of the three places that it may begin at. */
const part = /zqzq7z|enF6cTd6|p6cXpxN3|xenE3enF/i

/** Assignments whose value no output may show; `§` is the secret. */
const lines: readonly string[] = [
  'password = "§"',
  'bearer_token = "§"',
  'pasword = "§"',
  'tokn = "§"',
  'prometheus.scrape "planted" {\n  unheard_of = ["a", "§"]\n}',
  'unheard.of "planted" {\n  unheard_of = "§"\n}',
  'basic_auth { unheard_of = "§" }',
  'url = "https://§@example.com/x"',
  'repository = "https://u:§@example.com/x.git"',
  'basic_auth {\n  username = "u"\n  password = "§"\n}',
  'basic_auht {\n  pasword = "§"\n}',
  'authorization {\n  credentials = "§"\n}',
  'oauth2 { client_secret = "§" }',
  'x = { password = "§" }',
  'http_headers = { "A" = ["§"] }',
  '// password = "§"',
  'prometheus.remote_write "planted" {\n  endpoint {\n    url = "https://§@example.com/"\n    pasword = "§"\n  }\n}',
  'import.git "planted" {\n  repository = "https://§@example.com/x.git"\n  path = "m.alloy"\n}\nplanted.x "y" { }',
]

/** What may stand before the secret for it to be one: a trial that is made smaller has to keep it. */
const before =
  /(?:(?:pass?word|bearer_token|tokn|unheard_of|credentials|client_secret) = (?:\["a", )?"|https:\/\/(?:u:)?|"A" = \["|(?:value|k): '?"?)$/

/** The same text with a line that holds the secret, put between two lines of it. */
export function withSecret(text: string, random: Random): string {
  const all = text.split('\n')
  const at = random.below(all.length + 1)
  return [...all.slice(0, at), random.pick(lines).replaceAll('§', secret), ...all.slice(at)].join('\n')
}

/** Says whether a trial holds the secret, and only where it is one. */
export function holdsSecret({ files }: Trial): boolean {
  const texts = Object.values(files).filter(text => typeof text === 'string')
  const cuts = texts.flatMap(text => text.split(secret).slice(0, -1))
  return cuts.length > 0 && cuts.every(text => before.test(text.slice(-40)))
}

/** The line of an output that shows a part of the secret; null where none does. */
export const leak = (text: string): string | null => text.split('\n').find(line => part.test(line)) ?? null

/** Names that begin commands, lines and colors, and hold what Helm refuses. */
export const hostileNames: readonly string[] = [
  'a\n::error::boom',
  '::error::boom',
  ' ::error file=x::boom',
  'x##[error]boom',
  'b\r\u001b[31m',
  'c\u007f\u0085\u009b',
  'd\u2028\u2029\u202e\u2066\u200f',
  'e\ufffe\uffff\ufdd0\u{1fffe}',
  'f\ufeff\u0000\t',
  'g|`<b>@boom [x](https://example.com) #1',
]
