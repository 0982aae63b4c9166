// Runs only where ALLOY_CORPUS names a folder of configurations.
import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { type Analysis, analyze, parse } from '../src/index.ts'
import { type ShownTarget, shownUse } from '../src/render/trace.ts'
import { traceUse } from '../src/reports/explain/trace.ts'
import { rulesOf } from '../src/rules/map/load.ts'
import { describe } from './harness.ts'

const corpus = process.env['ALLOY_CORPUS']

/** The largest share, among requests with the token of the service account, of those of which no one can say who answers or what is asked. A rise is a regression. */
const mostUnknown = 0.002

/** One request that carries, or may carry, the token. */
interface Scrape {
  readonly place: string
  readonly class: string
  /** What left it unknown. */
  readonly why: string
}

/** A file by itself, and each module that it declares as a module that is passed in. */
function configurationsIn(path: string, text: string): readonly (readonly [name: string, text: string])[] {
  const { value } = parse({ path, text })
  const declares = (value?.body ?? []).filter(each => each.kind === 'block' && each.name === 'declare')
  return [
    [path, text],
    ...declares.map(each => {
      const whole = text.slice(each.span.start, each.span.end)
      const label = each.kind === 'block' ? each.label : null
      return [`${path}#${label}`, whole.slice(whole.indexOf('{') + 1, whole.lastIndexOf('}'))] as const
    }),
  ]
}

function scrapesOf(name: string, analysis: Analysis): readonly Scrape[] {
  return analysis.uses
    .filter(({ component }) => Object.keys(rulesOf(component)?.requests ?? {}).length > 0)
    .flatMap(use => {
      const shown = shownUse(traceUse(use, analysis.uses, analysis.derivation), [], analysis.hidden)
      const all = [
        ...shown.targets.flatMap(target => target.requests.map(request => ({ request, why: defeat(target) }))),
        ...shown.requests.map(request => ({ request, why: 'its url' })),
      ]
      return all
        .filter(({ request }) => request.token !== false)
        .map(({ request, why }) => ({ place: `${name} ${use.id} ${request.url}`, class: request.class, why }))
    })
}

/** The rule after which the address, the scheme or the path was known no longer; else the source. */
function defeat({ source, steps }: ShownTarget): string {
  for (const { component, rules } of steps.toReversed())
    for (const { rule, does, changed } of rules.toReversed())
      if (changed.some(({ name, state }) => /^__(address|scheme|metrics_path)__$/.test(name) && state !== 'known'))
        return `${component} rule ${rule}: ${does}`
  return source.kind === 'component' ? `${source.component}` : `${source.kind} at line ${source.line}`
}

if (corpus) {
  describe('scrapes of real configurations', it => {
    it('are classified but for a few', () => {
      const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.alloy'))
      const found = names.sort().flatMap(name =>
        configurationsIn(name, readFileSync(`${corpus}/${name}`, 'utf8')).flatMap(([each, text]) => {
          const { value } = analyze({ 'config.alloy': text }, { onUnknown: 'warn' })
          return value === null ? [] : scrapesOf(each, value)
        }),
      )
      const classes = new Map<string, Scrape[]>()
      for (const each of found) classes.set(each.class, [...(classes.get(each.class) ?? []), each])
      const table = [...classes].sort(([a], [b]) => (a < b ? -1 : 1))
      const unknown = classes.get('unknown') ?? []
      console.log(
        [
          '',
          'requests with the token of the service account',
          ...table.map(([name, all]) => `  ${String(all.length).padStart(4)}  ${name}`),
          `unknown: ${unknown.length} of ${found.length}`,
          ...unknown.map(({ place, why }) => `  ${place}: ${why}`),
        ].join('\n'),
      )
      assert.ok(found.length > 0)
      assert.ok(unknown.length / found.length <= mostUnknown, `unknown: ${unknown.length} of ${found.length}`)
    })
  })
}
