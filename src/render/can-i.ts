import { canI } from '#rulemap/canI'
import type { Difference } from '../chart/rbac/difference.ts'
import type { Grant } from '../kubernetes/grant.ts'
import { riskRank } from '../kubernetes/risk.ts'
import { inert, isInert } from '../text/inert.ts'

/** Whom the script asks for. */
export interface CanIOptions {
  readonly tool: string
  /** The namespace that Alloy runs in; null: the script asks for it. */
  readonly namespace: string | null
  /** The service account; null: the script asks for it, too. */
  readonly account: string | null
}

/** Scripts of several accounts as one: it runs them all, and ends as the worst of them. */
export function canITogether(all: readonly { readonly name: string; readonly script: string }[]): string {
  const parts = all.flatMap(({ name, script }) => [
    `echo ${quote(inert(name))}`,
    '(',
    // Names of accounts differ; a namespace may be given for all.
    'set -- ${1+"$1"}',
    ...script.trimEnd().split('\n').slice(1),
    ') || { code=$?; [ "$code" -gt "$status" ] && status=$code; }',
  ])
  return ['#!/bin/sh', 'status=0', ...parts, 'exit "$status"', ''].join('\n')
}

/** How many default grants that nothing needs are asked for. */
const sample = 12

/**
 * A POSIX shell script that asks the API server, as the service account, for every need, which it must allow, and for a sample of
 * what the chart grants by default and nothing needs, the most severe first, which it must deny.
 */
export function canIScript({ needed, excess }: Difference, { tool, namespace, account }: CanIOptions): string {
  const needs = needed.map(({ grant }) => question('yes', grant))
  const removed = onePerResource(excess)
    .slice(0, sample)
    .map(grant => question('no', grant))
  const blanks: Readonly<Record<string, string>> = {
    'by TOOL': `by ${inert(tool)}`,
    ':-NAMESPACE': `:-${namespace === null ? '' : quote(namespace)}`,
    ':-ACCOUNT': `:-${quote(account ?? 'alloy')}`,
    '# QUESTIONS': [
      '# What the configuration needs.',
      ...needs,
      ...(removed.length === 0 ? [] : ['', '# What the chart grants by default but nothing needs.', ...removed]),
    ].join('\n'),
  }
  return canI.replace(/by TOOL|:-NAMESPACE|:-ACCOUNT|# QUESTIONS/g, blank => blanks[blank] ?? blank)
}

/** One verb of each resource, the most severe first. */
function onePerResource(grants: readonly Grant[]): readonly Grant[] {
  const first = new Map<string, Grant>()
  for (const grant of [...grants].sort((a, b) => riskRank(a) - riskRank(b))) {
    const key = grant.kind === 'url' ? grant.url : `${grant.group}\0${grant.resource}`
    if (!first.has(key)) first.set(key, grant)
  }
  return [...first.values()]
}

function question(expected: 'yes' | 'no', grant: Grant): string {
  return ['expect', expected, ...parts(grant)].join(' ')
}

function parts(grant: Grant): readonly string[] {
  if (grant.kind === 'url') return [quote(grant.verb), quote(grant.url)]
  const { namespace, group, resource, name, verb } = grant
  const [plural = '', ...below] = resource.split('/')
  const type = group === '' ? plural : `${plural}.${group}`
  const place =
    namespace === null ? ['--all-namespaces'] : ['--namespace', namespace === '.' ? '"$namespace"' : quote(namespace)]
  return [
    quote(verb),
    quote(name === null ? type : `${type}/${name}`),
    ...(below.length > 0 ? [`--subresource=${quote(below.join('/'))}`] : []),
    ...place,
  ]
}

/** A text as one word of the shell. */
function quote(text: string): string {
  if (/^[\w./:-]+$/.test(text)) return text
  if (isInert(text) && !text.includes('\n')) return `'${text.replaceAll("'", "'\\''")}'`
  // No name of the cluster holds what cannot be shown; the shell makes it of its bytes all the same.
  const bytes = [...new TextEncoder().encode(text)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`)
  return `"$(printf '${bytes.join('')}')"`
}
