/** Makes what is in `old` as it is in `next`, and touches nothing that is the same: the browser lays out and draws only what changed. */
export function renew(old: ParentNode & Node, next: ParentNode & Node): void {
  const [before, after] = [[...old.childNodes], [...next.childNodes]]
  if (before.length !== after.length) old.replaceChildren(...after)
  else for (const [at, part] of after.entries()) renewNode(before[at], part)
}

function renewNode(old: ChildNode | undefined, next: ChildNode): void {
  if (old === undefined || old.isEqualNode(next)) return
  if (old instanceof Element && next instanceof Element && old.tagName === next.tagName) {
    renewAttributes(old, next)
    renew(old, next)
  } else old.replaceWith(next)
}

/** What the reader unfolded stays unfolded. */
function renewAttributes(old: Element, next: Element): void {
  for (const name of old.getAttributeNames()) if (name !== 'open' && !next.hasAttribute(name)) old.removeAttribute(name)
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value)
}
