import { type Diagnostic, diagnostic, type Label } from '../diagnostic/diagnostic.ts'
import { few } from '../diagnostic/suggest.ts'
import type { Use } from '../resolve/use.ts'

/** A rule that asks for something only on request. */
export interface LeftOut {
  readonly use: Use
  /** `loki.source.file#docker-logs` */
  readonly rule: string
  /** What is lost without it. */
  readonly loss: string
}

/** What one use does without. */
interface Lacking {
  readonly use: Use
  /** What is lost, and the rules that would avoid it. */
  readonly losses: ReadonlyMap<string, readonly string[]>
}

/** Says once what a component loses without what is optional, and once what several of them lose alike. */
export function notesOnLeftOut(all: readonly LeftOut[]): readonly Diagnostic[] {
  const alike = new Map<string, Lacking[]>()
  for (const lacking of byUse(all)) {
    const key = [...lacking.losses.keys()].join('\n')
    alike.set(key, [...(alike.get(key) ?? []), lacking])
  }
  return [...alike.values()].map(note)
}

function byUse(all: readonly LeftOut[]): readonly Lacking[] {
  const found = new Map<Use, Map<string, readonly string[]>>()
  for (const { use, rule, loss } of all) {
    const losses = found.get(use) ?? new Map<string, readonly string[]>()
    found.set(use, losses.set(loss, [...(losses.get(loss) ?? []), rule]))
  }
  return [...found].map(([use, losses]) => ({ use, losses }))
}

/** A list of components no one reads to its end. */
const most = 3

function note(alike: readonly Lacking[]): Diagnostic {
  const [{ use, losses }] = alike as readonly [Lacking, ...Lacking[]]
  const ids = alike.map(each => each.use.id)
  const components = few(ids, most)
  const rulesOf = (loss: string) => [...new Set(alike.flatMap(each => each.losses.get(loss) ?? []))]
  const lost = [...losses.keys()].map(loss => ({ rules: rulesOf(loss), loss }))
  const elsewhere = alike.filter(each => each.use.block !== use.block).map((each): Label => likewise(each.use))
  return diagnostic(
    'optional-not-granted',
    use.block.header,
    { components, lost },
    { related: [...use.related, ...elsewhere] },
  )
}

const likewise = ({ block }: Use): Label => ({ span: block.header, text: 'and here' })
