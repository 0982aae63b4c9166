/** What a manifest says of where a package lives. */
export interface Home {
  readonly repository?: { readonly url?: string } | string
  readonly homepage?: string
  readonly bugs?: { readonly url?: string } | string
}

/** Stands in pages for the owner of the repository, until there is one. */
const placeholder = /\bOWNER\/alloy-rbac\b/

/** What keeps a package from being published, a line each; `repository`: `owner/name`, where the workflow runs. */
export function obstacles(
  manifest: Home,
  pages: ReadonlyMap<string, string>,
  repository: string | null,
): readonly string[] {
  const urls = { repository: urlOf(manifest.repository), homepage: manifest.homepage, bugs: urlOf(manifest.bugs) }
  const absent = Object.entries(urls).flatMap(([key, url]) => (url ? [] : [`package.json: set ${key}`]))
  const named = urls.repository?.replace(/\.git$/, '') ?? ''
  const isOther = repository !== null && urls.repository !== undefined && !named.endsWith(`/${repository}`)
  return [
    ...absent,
    ...(isOther ? [`package.json: repository is ${named}, and this is ${repository}`] : []),
    ...[...pages].flatMap(([path, text]) =>
      text
        .split('\n')
        .flatMap((line, at) => (placeholder.test(line) ? [`${path}:${at + 1}: put the owner in place of OWNER`] : [])),
    ),
  ]
}

const urlOf = (field: Home['repository']): string | undefined => (typeof field === 'string' ? field : field?.url)
