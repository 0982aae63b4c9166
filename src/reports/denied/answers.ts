import { withoutCredentials } from '../../text/credentials.ts'
import { upTo, withoutEnding } from '../../text/cut.ts'
import type { Found } from './system-errors.ts'

/** A request that a server answered with 403, without saying what it asked the authorizer for. */
export interface ForbiddenAnswer {
  readonly kind: 'answer'
  /** Where it was sent, where the line says; without what is private. */
  readonly url: string | null
}

/**
 * How components word it: scrapes and HTTP discoveries of Prometheus `server returned HTTP status 403 Forbidden`, profiles
 * `server returned HTTP status (403) 403 Forbidden` (internal/component/pyroscope/scrape/scrape_loop.go#L283), the discovery of kubelets
 * `error response from kubelet: 403 Forbidden` (internal/component/discovery/kubelet/kubelet.go#L149), remote.http
 * `unexpected status code 403 Forbidden` and `unexpected status code from response status="403 Forbidden"`
 * (internal/component/remote/http/http.go#L223-L224), all at grafana/alloy@v1.19.0-rc.3.
 */
const answer =
  /server returned HTTP status (?:\(403\) )?403(?: Forbidden)?|error response from kubelet: 403(?: Forbidden)?|unexpected status code(?: from response)?(?:"?,?\s*\\?"?status\\?"?[=:])?\s?\\?"?403(?: Forbidden)?/

const address = /(?<![\w-])https?:\/\/[^\s"'`\\<>]{1,2000}/

/** The answer that a text tells, with where it does; null where it tells none. */
export function answerIn(text: string): Found<ForbiddenAnswer> | null {
  const match = text.match(answer)
  if (!match) return null
  const url = withoutEnding(text.match(address)?.[0] ?? '', '),.;:') || null
  const from = match.index ?? 0
  return { told: { kind: 'answer', url: url === null ? null : plain(url) }, from, to: from + match[0].length }
}

/** A URL without user, query and fragment: either may be private, and no path of a kubelet rests on them. */
const plain = (url: string): string => upTo(withoutCredentials(url), '?#')
