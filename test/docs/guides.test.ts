import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { command } from '../cli/io.ts'
import { describe, golden, root } from '../harness.ts'
import { laid, patched, type Tree, treeAt } from '../merge.ts'

const names = ['k8s-monitoring', 'flux', 'argo-cd', 'umbrella-charts', 'remote', 'narrow', 'terraform']
/** A file of the page, what a tool makes of two of them, or a command with what it prints. */
const block =
  /^`([\w./-]+)`(?: \(([^)]+)\))?:\n\n(?:```(?:yaml|alloy|json)\n([\s\S]*?)```\n)?|^```text\n\$ ([^\n]+)\n([\s\S]*?)```\n/gm

/** The page with what its commands print now. */
async function rerun(page: string): Promise<string> {
  const files = new Map<string, string>()
  let text = ''
  let last = 0
  for (const match of page.matchAll(block)) {
    const [whole, name, made, content, line] = match
    text += page.slice(last, match.index)
    last = match.index + whole.length
    if (line !== undefined) text += `\`\`\`text\n$ ${line}\n${await printed(line, files)}\`\`\`\n`
    else {
      files.set(name ?? '', made === undefined ? (content ?? '') : merged(made, files))
      text += whole
    }
  }
  return text + page.slice(last)
}

async function printed(line: string, files: Map<string, string>): Promise<string> {
  const [, shown] = /^cat (\S+)$/.exec(line) ?? []
  if (shown !== undefined) return fileOf(shown, files)
  const [, args = '', target, fails] = /^alloy-rbac (.*?)(?: > (\S+)|( \|\| true))?$/.exec(line) ?? []
  const { stdout, stderr, code } = await command(args.split(' '), Object.fromEntries(files))
  assert.is(code, fails === undefined ? 0 : 1, `${line}: ${stderr}${stdout}`)
  if (target === undefined) return `${stderr}${stdout}`
  files.set(target, stdout)
  return stderr
}

function fileOf(name: string, files: ReadonlyMap<string, string>): string {
  const text = files.get(name)
  if (text === undefined) throw new Error(`the page has no ${name}`)
  return text
}

/** `A with B`: a patch; `A laid under B`: values; `A, KEY with PATH of B`: what a chart does with values of one of its parts; `A with the values of B`: Terraform's. */
function merged(how: string, files: ReadonlyMap<string, string>): string {
  const [, plan = '', added = ''] = /^(\S+) with the values of (\S+)$/.exec(how) ?? []
  if (plan !== '')
    return JSON.stringify(parse(fileOf(plan, files)), (_, value: Tree) =>
      value !== null && Array.isArray(value['values']) && 'chart' in value
        ? { ...value, values: [...(value['values'] as string[]), fileOf(added, files)] }
        : value,
    )
  const [, first = '', key, path, second = ''] =
    /^(\S+?)(?:, (\S+) with (\S+) of| with| laid under) (\S+)$/.exec(how) ?? []
  const over: unknown = parse(fileOf(second, files))
  const documents = parseAllDocuments(fileOf(first, files)).map(each => each.toJS() as Tree)
  if (key !== undefined) {
    const made = documents.map(each =>
      each['kind'] === 'Alloy' ? { ...each, [key]: laid(each[key], treeAt(over, path ?? '')) } : each,
    )
    return made.map(each => stringify(each)).join('---\n')
  }
  const merge = how.includes(' laid under ') ? laid : patched
  return stringify(merge(documents[0], over))
}

describe('guides', it => {
  for (const name of names) {
    it(`docs/${name}.md ends with a clean check, and prints what is printed now`, async () => {
      const path = `docs/${name}.md`
      const page = readFileSync(`${root}${path}`, 'utf8')
      const now = await rerun(page)
      golden(path, now)
      assert.match(now, /^check: clean$/m)
    })
  }
})
