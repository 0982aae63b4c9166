import { bodies } from '#rulemap/inventory'
import { blockOf, componentOf, newestRelease } from './inventory.ts'
import { type Body, bodyOf, moduleBody, type Shape } from './schema.ts'

/**
 * Says whether the value of an argument may be shown, by the blocks around it: it is known there and no secret, be it a block
 * written as an attribute, or unknown in a component none of whose arguments is one. Of a block that is not known, a module's for one, a name counts that is nowhere a
 * secret's.
 */
export function isOpenArgument(blocks: readonly string[], name: string): boolean {
  const found = bodyAt(blocks)
  if (found === null) return plainNames().has(name)
  const { body, component } = found
  const [shape, block] = [body.attributes.get(name), body.blocks.get(name)]
  return shape ? !isSecret(shape.type) : !holdsSecrets(block?.body ?? component)
}

/** The body of the innermost block, and the name of its component's; null where one of the blocks is not known. */
function bodyAt(blocks: readonly string[]): { readonly body: Body; readonly component: string } | null {
  let found = null as { readonly name: string; readonly component: string } | null
  for (const block of blocks) {
    const inner: string | null =
      found === null ? null : (bodyOf(found.name, newestRelease).blocks.get(block)?.body ?? null)
    if (found !== null && inner === null) return null
    const name: string | null = inner ?? outermostBody(block)
    if (name === null) return null
    // What holds components is left behind by the next block.
    found = name === moduleBody ? null : { name, component: found?.component ?? name }
  }
  return found && { body: bodyOf(found.name, newestRelease), component: found.component }
}

function outermostBody(name: string): string | null {
  const standing = componentOf(name, newestRelease)
  return standing.kind === 'known' ? standing.component.body : (blockOf(name, newestRelease)?.body ?? null)
}

function isSecret(type: Shape): boolean {
  if (type.kind === 'list' || type.kind === 'map') return isSecret(type.of)
  return type.kind === 'secret' || type.kind === 'optional_secret'
}

/** Says whether a body, or one within it, has an argument that is a secret. A body may hold itself. */
function holdsSecrets(name: string, seen: Set<string> = new Set()): boolean {
  if (name === moduleBody || seen.has(name)) return false
  seen.add(name)
  const { attributes, blocks } = bodyOf(name, newestRelease)
  return (
    [...attributes.values()].some(({ type }) => isSecret(type)) ||
    [...blocks.values()].some(({ body }) => holdsSecrets(body, seen))
  )
}

let plain: ReadonlySet<string> | null = null

/** The names of arguments that are not secret in any body. */
function plainNames(): ReadonlySet<string> {
  if (plain !== null) return plain
  const [open, secret] = [new Set<string>(), new Set<string>()]
  for (const name of Object.keys(bodies))
    for (const [each, { type }] of bodyOf(name, newestRelease).attributes) (isSecret(type) ? secret : open).add(each)
  plain = new Set([...open].filter(name => !secret.has(name)))
  return plain
}
