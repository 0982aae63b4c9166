/** Where Kubernetes mounts the service account's token in every container, with and without the symbolic link. */
const mounted = /^(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount\//

/** The paths of the mounted token. */
export const tokenFiles: readonly string[] = ['/var/run', '/run'].flatMap(run =>
  ['', '..data/'].map(link => `${run}/secrets/kubernetes.io/serviceaccount/${link}token`),
)

/** Says whether a path in the container is the mounted token. */
export function isTokenFile(path: string): boolean {
  return mounted.test(path) && path.replace(mounted, '').replace(/^\.\.data\//, '') === 'token'
}

/** Says whether a path lies in the folder where Kubernetes mounts the token, the certificate and the namespace. */
export function isInTokenFolder(path: string): boolean {
  return mounted.test(path)
}

/** Says whether a path that begins so, with more to follow, may lie in that folder. */
export function leadsToTokenFolder(beginning: string): boolean {
  return tokenFiles.some(file => file.startsWith(beginning))
}

/** Says whether a text, such as the YAML of an embedded configuration, names the mounted token's file. */
export function namesTokenFile(text: string): boolean {
  return /(^|[\s"'=:])(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount\/(\.\.data\/)?token($|[\s"',}\]])/.test(
    text,
  )
}
