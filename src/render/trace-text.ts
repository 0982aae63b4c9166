import { type Settler, settlersInWords } from '../diagnostic/settlers-in-words.ts'
import { inert } from '../text/inert.ts'
import { shownPlace as place } from './places.ts'
import type { ShownLabel, ShownRequest, ShownRule, ShownStep, ShownTarget, ShownUse } from './trace.ts'

/** A use, and what would tell whether what is assumed of it is needed; null where nothing is. */
export interface SettledUse {
  readonly use: ShownUse
  readonly settlers: readonly Settler[] | null
}

/** The way of targets as text, ending in one line feed. */
export function traceText(uses: readonly SettledUse[]): string {
  const legend = '… is known only at run time.'
  const text = uses.map(use => useLines(use).map(inert).join('\n')).join('\n\n')
  return `${text}\n${text.replace(/^assumed: .*$/gm, '').includes('…') ? `\n${legend}\n` : ''}`
}

function useLines({ use, settlers }: SettledUse): readonly string[] {
  return [
    `${use.component} (${place(use)})`,
    ...use.targets.flatMap((target, at) => ['', ...targetLines(target, at + 1, use.targets.length)]),
    ...use.requests.flatMap(request => ['', ...requestLines(request)]),
    '',
    ...(use.needs.length === 0 ? ['needs nothing'] : ['needs', ...use.needs.map(each => `  ${each}`)]),
    ...(settlers === null ? [] : [`assumed: ${settlersInWords(settlers)}`]),
  ]
}

function targetLines(target: ShownTarget, number: number, count: number): readonly string[] {
  const { source } = target
  const words = {
    component: `any number, from ${source.component} (${place(source)})`,
    written: `written at ${place(source)}`,
    unknown: `any number, known only at run time (${place(source)})`,
  }
  return [
    `target ${number} of ${count}: ${words[source.kind]}`,
    ...labelLines(target.labels),
    ...(target.open ? [target.labels.length === 0 ? '  any label: …' : '  any other label: …'] : []),
    ...target.steps.flatMap(stepLines),
    ...(target.kept === false ? [] : endLines(target)),
  ]
}

function endLines({ requests, kept }: ShownTarget): readonly string[] {
  if (requests.length === 0) return []
  const perhaps = kept === null ? ['  If the target is kept:'] : []
  return [...perhaps, ...requests.flatMap(requestLines)]
}

function stepLines({ component, rules, ...at }: ShownStep): readonly string[] {
  return [`  ${component} (${place(at)})`, ...rules.flatMap(ruleLines)]
}

function ruleLines(rule: ShownRule): readonly string[] {
  const dropped = rule.dropped === true ? 'dropped here' : 'possibly dropped here'
  const changes = [
    ...labelLines(rule.changed, '      '),
    ...(rule.opened ? ['      any other label: …'] : []),
    ...(rule.dropped === false
      ? []
      : [`      ${dropped}: ${rule.reads.map(read).join(', ') || 'its input is not known'}`]),
  ]
  return [
    `    rule ${rule.rule} (${place(rule)}): ${rule.does}`,
    ...(changes.length === 0 ? [rule.dropped === false ? '      no change' : ''] : changes),
  ]
}

const read = (label: ShownLabel): string => `${label.name} is ${valuesOf(label)}`

function labelLines(labels: readonly ShownLabel[], indent = '  '): readonly string[] {
  const width = Math.max(0, ...labels.map(({ name }) => name.length))
  return labels.map(label => `${indent}${label.name.padEnd(width)}  ${valuesOf(label)}`)
}

function valuesOf({ values }: ShownLabel): string {
  return values.map(shownValue).join(' or ')
}

function shownValue(value: string): string {
  if (value === '') return 'absent'
  return value === '…' ? value : JSON.stringify(value)
}

function requestLines({ url, class: kind, token, needs }: ShownRequest): readonly string[] {
  const row = (name: string, text: string): string => `  ${name.padEnd(8)} ${text}`
  const known = token ? "the service account's token" : "not the service account's token"
  const needed = needs.length === 0 ? ['nothing'] : needs
  return [
    row('request', url),
    row('class', kind),
    row('token', token === null ? 'possibly' : known),
    ...(token === false ? [] : needed.map(need => row('needs', need))),
  ]
}
