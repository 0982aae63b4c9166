import { upTo } from '../../text/cut.ts'
import { compareVersions } from '../../version.ts'

// Helm, Flux and Argo CD read ranges of chart versions by the library Masterminds/semver: `~1.6.0`, `^1.2`, `1.x`, `>=1.5.0 <1.6.0`,
// `1.2 - 1.4`, and several of them joined by `||`.
const part = String.raw`(?:\d+|[xX*])`
const release = String.raw`v?(${part})(?:\.(${part}))?(?:\.(${part}))?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`
const term = String.raw`(?:(=|!=|>=|=>|<=|=<|>|<|~>|~|\^)\s*)?${release}`
const bare = term.replaceAll(/\((?!\?)/g, '(?:')
const whole = new RegExp(String.raw`^\s*${bare}(?:(?:\s+(?:,\s*)?|,\s*)${bare})*\s*$`)
const terms = new RegExp(term, 'g')
const hyphen = new RegExp(
  String.raw`(${release.replaceAll(/\((?!\?)/g, '(?:')})\s+-\s+(${release.replaceAll(/\((?!\?)/g, '(?:')})`,
  'g',
)

/** A comparison with a release of which later parts may be left open. */
interface Term {
  readonly operator: string
  readonly version: string
  /** How many parts are stated; below 3 the rest is open. */
  readonly stated: 0 | 1 | 2 | 3
}

/** The newest of some releases that a range holds; undefined where it holds none of them, null where the text is not a range. */
export function newestIn(range: string, releases: readonly string[]): string | undefined | null {
  if (range.length > 512) return null
  const alternatives = range.replaceAll(hyphen, '>=$1,<=$2').split('||')
  if (alternatives.some(each => !whole.test(each))) return null
  const parsed = alternatives.map(each => [...each.matchAll(terms)].map(termOf))
  return releases
    .filter(version => parsed.some(all => all.every(each => holds(each, version))))
    .reduce<string | undefined>(
      (newest, each) => (newest && compareVersions(newest, each) > 0 ? newest : each),
      undefined,
    )
}

function termOf([, operator = '', major, minor, patch, preRelease = '']: RegExpMatchArray): Term {
  const parts = [major, minor, patch]
  const open = parts.findIndex(each => each === undefined || !/^\d+$/.test(each))
  const stated = (open === -1 ? 3 : open) as Term['stated']
  const numbers = [0, 1, 2].map(at => (at < stated ? parts[at] : '0'))
  return { operator, version: `${numbers.join('.')}${preRelease}`, stated }
}

/** `*` counts as 0.0.0 beside an operator that compares, as the library has it. */
function holds({ operator, version: bound, stated }: Term, version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbersOf(bound)
  const [thisMajor = 0, thisMinor = 0, thisPatch = 0] = numbersOf(version)
  const order = compareVersions(version, bound)
  const isPartial = stated === 1 || stated === 2
  /** Whether the parts that are stated agree; above: whether they are greater. */
  const agrees = thisMajor === major && (stated === 1 || thisMinor === minor)
  const above = thisMajor > major || (stated === 2 && thisMajor === major && thisMinor > minor)
  switch (operator) {
    case '>':
      return isPartial ? above : order > 0
    case '>=':
    case '=>':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
    case '=<':
      return isPartial ? !above : order <= 0
    case '!=':
      return isPartial ? !agrees : order !== 0
    case '^':
      if (order < 0 || thisMajor !== major) return false
      if (major > 0 || stated === 1) return true
      return thisMinor === minor && (minor > 0 || stated === 2 || thisPatch === patch)
    case '':
    case '=':
      return stated === 3 ? order === 0 : isTilde()
    default:
      return isTilde()
  }
  function isTilde(): boolean {
    return order >= 0 && (agrees || (!isPartial && major + minor + patch === 0))
  }
}

const numbersOf = (version: string): readonly number[] => upTo(version, '-+').split('.').map(Number)
