import { clean } from '../clean.ts'

/** Where Kubernetes mounts the service account's token in every container, with and without the symbolic link. */
const mounted = /^(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount\//

/** A name that every path of it holds, however it is written. */
const folder = 'serviceaccount'

/** The paths of the mounted token. */
export const tokenFiles: readonly string[] = ['/var/run', '/run'].flatMap(run =>
  ['', '..data/'].map(link => `${run}/secrets/kubernetes.io/serviceaccount/${link}token`),
)

/** A path as the system follows it. Alloy's image starts it in the root folder, so a relative path starts there. */
const followed = (path: string): string => clean(`/${path}`)

/** Says whether a path in the container is the mounted token. */
export function isTokenFile(path: string): boolean {
  if (!path.includes(folder)) return false
  return tokenFiles.includes(followed(path))
}

/** Says whether a path lies in the folder where Kubernetes mounts the token, the certificate and the namespace. */
export function isInTokenFolder(path: string): boolean {
  return mounted.test(followed(path) + (path.endsWith('/') ? '/' : ''))
}

/** Says whether a path that begins so, with more to follow, may lie in that folder. */
export function leadsToTokenFolder(beginning: string): boolean {
  const known = tidied(beginning)
  return tokenFiles.some(file => file.startsWith(known))
}

/** The known part of a path without what changes nothing: repeated slashes, and dots between them. */
export const tidied = (part: string): string => part.replaceAll(/\/(?:\.?\/)+/g, '/')

/** Says whether a text, such as the YAML of an embedded configuration, names the mounted token's file. */
export function namesTokenFile(text: string): boolean {
  if (!text.includes(folder)) return false
  return isTokenFile(text) || text.split(/[\s"'=:,{}[\]]+/).some(isTokenFile)
}
