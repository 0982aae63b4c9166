import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { inNewerRelease } from '../diagnostic/newer-release.ts'
import { few, nearest, shortFor } from '../diagnostic/suggest.ts'
import { convert } from '../evaluate/value/convert.ts'
import { possibleStrings } from '../evaluate/value/known.ts'
import type { Value } from '../evaluate/value/value.ts'
import { required } from '../required.ts'
import type { Argument, Arguments, BlockArguments } from '../resolve/use.ts'
import type { Span } from '../source.ts'
import type { Block, Name, Statement } from '../syntax/ast.ts'
import { elementsOf, wantedOf } from './attribute-types.ts'
import { blockOf, componentOf, history, isBeyond } from './inventory.ts'
import { type Body, bodyOf, moduleBody, type Shape } from './schema.ts'

/** The body that is judged, and what is said of it. */
interface Place {
  /** The component with the blocks that lead here: `discovery.kubernetes`, `namespaces of discovery.kubernetes`. */
  readonly owner: string
  readonly body: Body
  readonly release: string
  readonly report: (found: Diagnostic) => void
}

/**
 * Judges the arguments of a component or a configuration block as the release does: their names, what is required, how often they
 * are there, their types and, where they are listed, their values. What is not known of a value is not judged, nor are components
 * that the release does not have. A release newer than the inventory may accept what no known one does: there a name that is not
 * nearly a known one is a warning, and every other finding is one when the unknown is let through.
 */
export function checkArguments(
  name: string,
  block: Block,
  given: Arguments,
  { release, letThrough }: { readonly release: string; readonly letThrough: boolean },
): readonly Diagnostic[] {
  const body = bodyNameOf(name, release)
  if (body === null || body === moduleBody) return []
  const found: Diagnostic[] = []
  const report = (each: Diagnostic) => void found.push(isBeyond(release) ? inNewerRelease(each, letThrough) : each)
  checkBody(block.body, given, block.header, { owner: name, body: bodyOf(body, release), release, report })
  return found
}

function bodyNameOf(name: string, release: string): string | null {
  const standing = componentOf(name, release)
  return standing.kind === 'known' ? standing.component.body : (blockOf(name, release)?.body ?? null)
}

function checkBody(statements: readonly Statement[], given: Arguments, header: Span, place: Place): void {
  const seen = new Map<string, Span>()
  const blocks = given.blocks.values()
  for (const statement of statements) {
    if (statement.kind === 'attribute') checkAttribute(statement.name, given, seen, place)
    else checkBlock(statement, required(blocks.next().value, 'the arguments of a block'), seen, place)
  }
  checkRequired(given, header, place)
}

function checkAttribute({ name, span }: Name, given: Arguments, seen: Map<string, Span>, place: Place): void {
  const { owner, body, report } = place
  const shape = body.attributes.get(name)
  if (!shape) {
    if (body.blocks.has(name)) report(diagnostic('block-as-attribute', span, { name, owner }))
    else unknownName('attribute', name, span, place)
    return
  }
  const before = seen.get(name)
  if (before) {
    const related = [{ span: before, text: 'first given here' }]
    report(diagnostic('repeated-argument', span, { kind: 'attribute', name, owner }, { related }))
    return
  }
  seen.set(name, span)
  const argument = given.attributes.get(name)
  if (argument && !body.custom) checkValue(argument, shape.type, place)
}

function checkBlock(statement: Block, given: BlockArguments, seen: Map<string, Span>, place: Place): void {
  const { owner, body, release, report } = place
  const { name } = statement
  const shape = body.blocks.get(name)
  if (!shape) {
    if (body.attributes.has(name)) report(diagnostic('attribute-as-block', statement.nameSpan, { name, owner }))
    else unknownName('block', name, statement.nameSpan, place)
    return
  }
  const before = seen.get(name)
  if (before && !shape.repeatable) {
    const related = [{ span: before, text: 'first given here' }]
    report(diagnostic('repeated-argument', statement.header, { kind: 'block', name, owner }, { related }))
  } else seen.set(name, statement.header)
  if (shape.body === moduleBody) return
  const inner = { owner: `${name} of ${owner}`, body: bodyOf(shape.body, release), release, report }
  if (inner.body.label && given.label === null) report(diagnostic('unlabeled-block', statement.header, { name, owner }))
  if (!inner.body.label && given.label !== null)
    report(diagnostic('labeled-block', statement.labelSpan ?? statement.header, { name, owner }))
  checkBody(statement.body, given.body, statement.header, inner)
}

/** So many names of blocks are listed where none is near. */
const mostListed = 8

function unknownName(kind: 'attribute' | 'block', name: string, span: Span, place: Place): void {
  const { owner, body, release, report } = place
  const ranges = body.elsewhere.get(name)
  if (ranges) {
    report(diagnostic('argument-of-another-release', span, { name, owner, history: history(ranges, release), release }))
    return
  }
  const names =
    kind === 'block'
      ? [...body.blocks.keys(), ...body.attributes.keys()]
      : [...body.attributes.keys(), ...body.blocks.keys()]
  const close = nearest(name, names) ?? shortFor(name, names)
  const holder = close === null ? holderOf(name, place) : null
  const listed = kind === 'block' ? few([...body.blocks.keys()].sort(), mostListed) : []
  const args = { kind, name, owner, close, holder, listed, isBeyond: isBeyond(release) }
  const isDoubtful = args.isBeyond && close === null
  report(diagnostic('unknown-argument', span, args, isDoubtful ? { severity: 'warning' } : {}))
}

/** The one block that has a name in it. */
function holderOf(name: string, { body, release }: Place): string | null {
  const holders = [...body.blocks].filter(([, { body: inner }]) => {
    if (inner === moduleBody) return false
    const { attributes, blocks } = bodyOf(inner, release)
    return attributes.has(name) || blocks.has(name)
  })
  const [[holder] = [null], ...others] = holders
  return others.length === 0 ? holder : null
}

function checkRequired(given: Arguments, header: Span, { owner, body, report }: Place): void {
  const blocks = new Set(given.blocks.map(({ name }) => name))
  // One that is written as the other kind has been reported as such.
  const there = (name: string): boolean => given.attributes.has(name) || blocks.has(name)
  for (const [name, { required }] of body.attributes) {
    if (required && !there(name)) report(diagnostic('missing-argument', header, { kind: 'attribute', name, owner }))
  }
  for (const [name, { required }] of body.blocks) {
    if (required && !there(name)) report(diagnostic('missing-argument', header, { kind: 'block', name, owner }))
  }
}

/** Lists and objects that were found right, and as what: one may be passed to thousands of arguments. */
const right = new WeakMap<Value, Set<Shape>>()

function checkValue(argument: Argument, shape: Shape, place: Place): void {
  const { value } = argument
  if (right.get(value)?.has(shape)) return
  let isRight = true
  const report = (found: Diagnostic): void => {
    isRight = false
    place.report(found)
  }
  judgeValue(argument, shape, { ...place, report })
  if (!isRight || (value.kind !== 'array' && value.kind !== 'object')) return
  const shapes = right.get(value) ?? new Set()
  right.set(value, shapes.add(shape))
}

function judgeValue({ name, value, valueSpan: span }: Argument, shape: Shape, { owner, release, report }: Place): void {
  const converted = convert(value, wantedOf(shape, release))
  if (converted.kind === 'mismatch') {
    const path = converted.path.map(step => (typeof step === 'number' ? `[${step}]` : `[${JSON.stringify(step)}]`))
    const args = { argument: name + path.join(''), owner, problem: converted.text }
    report(diagnostic('argument-type', span, args))
    return
  }
  if (shape.kind === 'map' && shape.refused && value.kind === 'object') {
    // Without `u`, the flag `i` takes no other letter for one of ASCII: to Go, too, those alone have two cases in a header.
    const refused = new RegExp(`^(${shape.refused.join('|')})$`, 'i')
    for (const header of value.entries.keys())
      if (refused.test(header)) report(diagnostic('reserved-header', span, { argument: name, owner, header }))
  }
  for (const { value: element, values, ignoreCase } of elementsOf(value, shape)) {
    // Null sets the zero value without asking whether it is one of the list.
    const text = convert(element, { kind: 'string' })
    const texts = element.kind === 'null' || text.kind === 'mismatch' ? null : possibleStrings(text)
    const same = (text: string) => values.some(each => each === (ignoreCase ? text.toLowerCase() : text))
    const [given] = texts ?? []
    if (given === undefined || texts?.some(same)) continue
    const close = nearest(given, values)
    report(diagnostic('unknown-value', span, { argument: name, owner, value: given, values, close }))
  }
}
