/** A request that reaches a kubelet through the API server. */
export interface ProxyRequest {
  /** The path at the kubelet. */
  readonly behind: string
  /** The resource that the kubelet itself asks for; null where that is nodes/proxy too. */
  readonly enough: string | null
  readonly isScrape: boolean
  /** Whether relabel rules lead to the proxy. */
  readonly byRules: boolean
}

/** What would avoid the proxy, where the kubelet itself asks for less. */
export function proxyAvoided({ behind, enough, isScrape, byRules }: ProxyRequest): string {
  if (enough === null) return 'at this path, the kubelet itself also requires nodes/proxy: avoid the request if you can'
  const only = `which requires only ${enough}`
  if (!isScrape) return `send the request to the kubelet at its own address, https://NODE:10250${behind}, ${only}`
  const first = byRules ? 'remove the rules that lead to the proxy, ' : ''
  return `scrape the kubelet at its own address, NODE:10250, ${only}: ${first}set metrics_path = "${behind}", and trust the kubelet's certificate in tls_config`
}
