/**
 * Grant lines as words of a message: `cluster secrets get,list` is `get, list on secrets cluster-wide`. Resources with the same verbs in the
 * same place are one part. Lines are separated by ` · `; a final ` and 3 more` stays.
 */
export function grantsInWords(lines: string): string {
  const [, listed = lines, more = ''] = /^(.*?)( and \d+ more)?$/s.exec(lines) ?? []
  const parts = new Map<string, { readonly verbs: string; readonly place: string; readonly resources: string[] }>()
  for (const line of listed.split(' · ')) {
    const found = /^(\S+) (.+?) (\S+)( assumed)?$/.exec(line)
    if (found === null) return lines
    const [, where = '', resource = '', verbs = '', assumed = ''] = found
    const place = placeOf(where) + (assumed && ' (assumed)')
    const part = parts.get(verbs + place)
    if (part) part.resources.push(resource)
    else parts.set(verbs + place, { verbs: verbs.replaceAll(',', ', '), place, resources: [resource] })
  }
  const words = [...parts.values()].map(({ verbs, place, resources }) => `${verbs} on ${resources.join(', ')}${place}`)
  return words.join('; ') + (more && `,${more}`)
}

function placeOf(where: string): string {
  if (where === 'cluster') return ' cluster-wide'
  if (where === 'url') return ' (URL)'
  return where === '.' ? " in Alloy's namespace" : ` in namespace ${where}`
}
