/**
 * What every release of the chart runs when its values hold no configuration, in words of our own: it discovers every kind
 * of object and does nothing with what it finds.
 */
export const chartExample = `logging {
  level  = "info"
  format = "logfmt"
}
${['pod', 'node', 'service', 'endpoints', 'endpointslice', 'ingress']
  .map(role => `\ndiscovery.kubernetes "${role}" {\n  role = "${role}"\n}\n`)
  .join('')}`
