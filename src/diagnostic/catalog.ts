/** SARIF's names. error: no plan, or Alloy is denied something; warning: the plan is right, the deployment is not; note: right, possibly wider than needed. */
export type Severity = 'error' | 'warning' | 'note'

/** What the catalog knows of a code. */
export interface Entry {
  readonly severity: Severity
  /** Kebab-case name, for SARIF and documentation. */
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: each entry types its own arguments; `Args` recovers them
  readonly message: (args: any) => string
  /** One imperative sentence, without a final stop's worth of padding. */
  readonly help?: string
}

/**
 * Every diagnostic the program can report. The first digit is the stage: 0 syntax, 1 modules and references, 2 evaluation,
 * 3 rule map and versions, 4 check, 5 chart and values. Codes are never reused.
 */
export const catalog = {
  ARB001: {
    severity: 'error',
    name: 'unexpected-token',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
  },
  ARB002: {
    severity: 'error',
    name: 'statements-on-one-line',
    message: ({ found }: { found: string }) => `expected the end of the line after a statement, found ${found}`,
    help: 'put each statement on a line of its own',
  },
  ARB003: {
    severity: 'error',
    name: 'missing-comma',
    message: ({ found, closer }: { found: string; closer: string }) => `expected , or ${closer}, found ${found}`,
    help: 'separate elements with commas',
  },
  ARB004: {
    severity: 'error',
    name: 'unclosed-bracket',
    message: ({ opener, closer, found }: { opener: string; closer: string; found: string }) =>
      `expected ${closer} for the ${opener} that is still open, found ${found}`,
  },
  ARB005: {
    severity: 'error',
    name: 'value-after-value',
    message: ({ found }: { found: string }) =>
      `expected an operator or the end of the value before the string, found ${found} after it`,
    help: 'join two values with an operator, separate them with a comma, or escape the quotes inside a string',
  },
  ARB006: {
    severity: 'error',
    name: 'block-as-value',
    message: () => 'a block cannot be the value of an attribute',
    help: 'remove the = to write a block, or separate the fields of an object with commas',
  },
  ARB007: {
    severity: 'error',
    name: 'attribute-name',
    message: ({ name }: { name: string }) => `${name} is no name for an attribute: expected a single identifier`,
    help: 'open the block that the attribute belongs to, and write its last name there',
  },
  ARB008: {
    severity: 'error',
    name: 'attribute-label',
    message: ({ name }: { name: string }) => `attribute ${name} has a label; only blocks have labels`,
    help: 'remove the label, or write { instead of =',
  },
  ARB009: {
    severity: 'error',
    name: 'label-not-identifier',
    message: ({ why }: { why: string }) => `the label of a block is a double-quoted identifier, ${why}`,
    help: 'write letters, digits and underscores only, between double quotes, a letter or underscore first',
  },
  ARB010: {
    severity: 'error',
    name: 'illegal-character',
    message: ({ character }: { character: string }) => `${character} is no character of the language`,
  },
  ARB011: {
    severity: 'error',
    name: 'half-operator',
    message: ({ half }: { half: string }) => `${half} alone is no operator, ${half}${half} is`,
    help: 'double the character',
  },
  ARB012: {
    severity: 'error',
    name: 'exponent-without-digits',
    message: ({ number }: { number: string }) => `the exponent of ${number} has no digits`,
    help: 'write digits after the e, or leave it out',
  },
  ARB013: {
    severity: 'error',
    name: 'unterminated-string',
    message: ({ quote }: { quote: string }) => `the string that opens here has no closing ${quote}`,
  },
  ARB014: {
    severity: 'error',
    name: 'single-quoted-string',
    message: () => 'a string stands in double quotes or backquotes, not in single quotes',
    help: 'write double quotes',
  },
  ARB015: {
    severity: 'error',
    name: 'unterminated-comment',
    message: () => 'the comment that opens here has no closing */',
    help: 'close it with */; comments do not nest',
  },
  ARB016: {
    severity: 'error',
    name: 'unknown-escape',
    message: ({ sequence }: { sequence: string }) => `${sequence} is no escape sequence`,
    help: 'double the backslash to mean itself, or put the string in backquotes, where nothing is escaped',
  },
  ARB017: {
    severity: 'error',
    name: 'malformed-escape',
    message: ({ kind, digits, found }: { kind: string; digits: string; found: string }) =>
      `${kind} is followed by ${digits}, found ${found}`,
  },
  ARB018: {
    severity: 'error',
    name: 'escape-out-of-range',
    message: ({ sequence, limit }: { sequence: string; limit: string }) =>
      `${sequence} stands for no character: ${limit}`,
  },
  ARB019: {
    severity: 'error',
    name: 'forbidden-character',
    message: ({ character }: { character: string }) =>
      `${character} is allowed nowhere in a configuration, not even in strings and comments`,
    help: 'remove the character',
  },
  ARB020: {
    severity: 'error',
    name: 'nested-too-deeply',
    message: ({ limit }: { limit: number }) =>
      `brackets, blocks and prefix operators are nested more than ${limit} deep`,
    help: 'move the inner part into an attribute or module of its own',
  },
  ARB021: {
    severity: 'error',
    name: 'expression-too-long',
    message: ({ limit }: { limit: number }) => `an expression chains more than ${limit} operators`,
    help: 'split the expression, or write a list',
  },
  ARB022: {
    severity: 'error',
    name: 'file-too-large',
    message: ({ limit }: { limit: string }) => `the file is larger than ${limit}`,
    help: 'hand in the configuration itself',
  },
  ARB023: {
    severity: 'error',
    name: 'not-utf8',
    message: ({ encoding }: { encoding: string }) => `the file is encoded in ${encoding}, expected UTF-8`,
    help: 'save it as UTF-8',
  },
  ARB024: {
    severity: 'error',
    name: 'bytes-not-utf8',
    message: ({ offset }: { offset: number }) => `the bytes at offset ${offset} are no UTF-8`,
    help: 'save the file as UTF-8',
  },
  ARB025: {
    severity: 'error',
    name: 'template-outside-string',
    message: () =>
      'a template action may stand inside a string value or a comment only; here it decides what the text is',
    help: 'render the chart first: helm template … | alloy-rbac check -',
  },
  ARB026: {
    severity: 'error',
    name: 'attribute-without-value',
    message: ({ name }: { name: string }) =>
      `${name} is taken for the value of the attribute above it, found a second =`,
    help: 'write the value that is missing above',
  },
  ARB101: {
    severity: 'error',
    name: 'duplicate-block',
    message: ({ id }: { id: string }) => `${id} is declared twice in one module`,
    help: 'give one of them another label, or remove it',
  },
  ARB102: {
    severity: 'error',
    name: 'attribute-outside-block',
    message: ({ name }: { name: string }) => `attribute ${name} stands outside of a block; a module holds blocks only`,
    help: 'move it into the block it belongs to',
  },
  ARB103: {
    severity: 'error',
    name: 'missing-label',
    message: ({ block }: { block: string }) => `${block} has no label`,
    help: 'write a label after the name: a double-quoted identifier',
  },
  ARB104: {
    severity: 'error',
    name: 'unresolved-reference',
    message: ({ reference }: { reference: string }) =>
      `${reference} does not exist in this module or is out of its scope`,
  },
  ARB105: {
    severity: 'error',
    name: 'reference-cycle',
    message: ({ cycle }: { cycle: string }) => cycle,
    help: 'break the cycle: Alloy evaluates a component after everything it refers to',
  },
  ARB106: {
    severity: 'error',
    name: 'module-unavailable',
    message: ({ id, why }: { id: string; why: string }) => `the module of ${id} is not at hand: ${why}`,
    help: 'give a local copy with --module SOURCE=PATH',
  },
  ARB107: {
    severity: 'warning',
    name: 'unused-module-unavailable',
    message: ({ id, why }: { id: string; why: string }) =>
      `the module of ${id} is not at hand (${why}); nothing of it is used, so nothing is missing from the plan`,
  },
  ARB108: {
    severity: 'error',
    name: 'unknown-custom-component',
    message: ({ name, where }: { name: string; where: string }) => `${where} declares no ${name}`,
  },
  ARB109: {
    severity: 'error',
    name: 'missing-module-argument',
    message: ({ argument, module }: { argument: string; module: string }) =>
      `${module} requires the argument ${argument}`,
    help: 'pass the argument, or mark it optional = true where it is declared',
  },
  ARB110: {
    severity: 'error',
    name: 'undeclared-module-argument',
    message: ({ argument, module }: { argument: string; module: string }) =>
      `${module} declares no argument ${argument}`,
  },
  ARB111: {
    severity: 'error',
    name: 'block-in-custom-component',
    message: ({ block, module }: { block: string; module: string }) =>
      `${module} is a custom component and takes attributes only, not the block ${block}`,
  },
  ARB112: {
    severity: 'error',
    name: 'misplaced-block',
    message: ({ block, where }: { block: string; where: string }) => `${block} is not allowed in ${where}`,
  },
  ARB113: {
    severity: 'error',
    name: 'recursive-module',
    message: ({ cycle }: { cycle: string }) => `${cycle} instantiates itself`,
    help: 'break the recursion: Alloy does not load a module that contains itself',
  },
  ARB115: {
    severity: 'error',
    name: 'too-many-instances',
    message: ({ limit }: { limit: number }) => `the configuration expands to more than ${limit} component instances`,
    help: 'analyse parts of the configuration one by one',
  },
  ARB116: {
    severity: 'note',
    name: 'unused-declare',
    message: ({ name }: { name: string }) => `declare ${name} is never used; nothing is granted for what it holds`,
  },
  ARB117: {
    severity: 'note',
    name: 'outside-file',
    message: ({ path }: { path: string }) =>
      `${path} lies outside of the input's folder and is followed, as --allow-outside says`,
  },
  ARB119: {
    severity: 'error',
    name: 'remote-configuration',
    message: ({ block, url }: { block: string; url: string }) =>
      `${block} loads further configuration from ${url}, which may need anything`,
    help: 'analyse that configuration too, or accept an incomplete plan with --on-unknown warn or defaults',
  },
  ARB120: {
    severity: 'error',
    name: 'incomplete-foreach',
    message: ({ id, what }: { id: string; what: string }) => `${id} has no ${what}`,
  },
  ARB121: {
    severity: 'warning',
    name: 'ambiguous-import',
    message: ({ label }: { label: string }) =>
      `two imports are called ${label}; Alloy uses the one it evaluates last, here the components of both are searched`,
    help: 'give one of them another label',
  },
  ARB122: {
    severity: 'error',
    name: 'reserved-label',
    message: (_: Record<never, never>) => 'a module cannot be called declare',
    help: 'give it another label',
  },
  ARB123: {
    severity: 'error',
    name: 'labelled-configuration-block',
    message: ({ block }: { block: string }) => `${block} configures Alloy itself and takes no label`,
    help: 'remove the label',
  },
  ARB124: {
    severity: 'note',
    name: 'idle-option',
    message: ({ option, name, why }: { option: string; name: string; why: string }) =>
      `${why}: --${option} ${name} changes nothing`,
  },
  ARB125: {
    severity: 'warning',
    name: 'modules-only',
    message: (_: Record<never, never>) => 'the input defines modules and runs none of them: its plan is empty',
    help: 'hand in the configuration that uses them',
  },
  ARB201: {
    severity: 'note',
    name: 'assumed',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `what ${argument} of ${component} holds is known only at run time; every value it may have is covered`,
  },
  ARB202: {
    severity: 'note',
    name: 'assumed-by-cluster',
    message: ({ rules, kind, component }: { rules: readonly string[]; kind: string; component: string }) =>
      `${component} needs some grants only if objects of the cluster ask for them, which are taken to exist (${kind}#${rules.join(', #')})`,
  },
  ARB203: {
    severity: 'note',
    name: 'optional-not-granted',
    message: ({
      components,
      lost,
    }: {
      components: readonly string[]
      lost: readonly { readonly rules: readonly string[]; readonly loss: string }[]
    }) => {
      const rules = lost.flatMap(each => each.rules)
      const [only] = lost
      return lost.length === 1
        ? `${rules.join(', ')} ${rules.length === 1 ? 'is' : 'are'} optional for ${components.join(', ')} and not granted: ${only?.loss}`
        : `${rules.length} optional needs of ${components.join(', ')} are not granted: ${rules.join(', ')}`
    },
    help: 'grant it with --optional',
  },
  ARB210: {
    severity: 'error',
    name: 'wrong-type',
    message: ({ what, expected, actual }: { what: string; expected: string; actual: string }) =>
      `${what} is of type ${actual}, expected ${expected}`,
  },
  ARB211: {
    severity: 'error',
    name: 'unknown-identifier',
    message: ({ name }: { name: string }) => `identifier ${name} does not exist`,
  },
  ARB212: {
    severity: 'error',
    name: 'unknown-field',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `field ${name} does not exist${known.length > 0 ? `; expected one of ${known.join(', ')}` : ''}`,
  },
  ARB213: {
    severity: 'error',
    name: 'index-out-of-range',
    message: ({ index, length }: { index: string; length: number }) =>
      `index ${index} lies outside an array of ${length}, expected ${length > 0 ? `0 to ${length - 1}` : 'an element'}`,
  },
  ARB214: {
    severity: 'error',
    name: 'division-by-zero',
    message: ({ operator }: { operator: string }) => `the right operand of ${operator} is 0`,
  },
  ARB215: {
    severity: 'error',
    name: 'argument-count',
    message: ({ name, expected, actual }: { name: string; expected: string; actual: number }) =>
      `${name} is called with ${actual} ${actual === 1 ? 'argument' : 'arguments'}, expected ${expected}`,
  },
  ARB216: {
    severity: 'error',
    name: 'unusable-argument',
    message: ({ name, problem }: { name: string; problem: string }) => `${name}: ${problem}`,
  },
  ARB217: {
    severity: 'error',
    name: 'function-of-another-release',
    message: ({ name, since, release }: { name: string; since: string; release: string }) =>
      `${name} exists since Alloy ${since}, not in ${release}`,
  },
  ARB218: {
    severity: 'error',
    name: 'number-out-of-range',
    message: (_: Record<never, never>) => 'the number is too large for a 64-bit float',
  },
  ARB219: {
    severity: 'warning',
    name: 'experimental-function',
    message: ({ name }: { name: string }) => `${name} is experimental, and the deployment allows less`,
    help: 'set stabilityLevel to experimental',
  },
  ARB301: {
    severity: 'error',
    name: 'unknown-component',
    message: ({ component }: { component: string }) => `${component} is not a component of any known Alloy release`,
  },
  ARB302: {
    severity: 'error',
    name: 'component-without-rules',
    message: ({ component }: { component: string }) =>
      `${component} is a component of Alloy, but what it needs is not known; it may need anything`,
    help: 'accept an incomplete plan with --on-unknown warn, or add the default rules with --on-unknown defaults',
  },
  ARB303: {
    severity: 'error',
    name: 'component-of-another-release',
    message: ({ component, history, release }: { component: string; history: string; release: string }) =>
      `${component} ${history}; this is Alloy ${release}`,
    help: 'state the release with --alloy-version, or use a component that it has',
  },
  ARB304: {
    severity: 'warning',
    name: 'unstable-component',
    message: ({ component, stability, allowed }: { component: string; stability: string; allowed: string }) =>
      `${component} is ${stability}, and the deployment allows ${allowed} only`,
  },
  ARB305: {
    severity: 'warning',
    name: 'community-component',
    message: ({ component }: { component: string }) =>
      `${component} is a community component, and the deployment does not enable those`,
    help: 'run Alloy with --feature.community-components.enabled',
  },
  ARB310: {
    severity: 'warning',
    name: 'unknown-newer-version',
    message: ({ what, version, newest }: { what: string; version: string; newest: string }) =>
      `${what} ${version} is newer than what is known; ${newest} is used`,
    help: 'update alloy-rbac, or name the version that is meant',
  },
  ARB311: {
    severity: 'warning',
    name: 'component-warning',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
  },
  ARB312: {
    severity: 'note',
    name: 'component-note',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
  },
  ARB313: {
    severity: 'note',
    name: 'unverified-fact',
    message: ({ rule, component }: { rule: string; component: string }) =>
      `what ${rule} asks for ${component} is background knowledge, verified neither in source nor by a recording`,
  },
  ARB321: {
    severity: 'warning',
    name: 'token-leaves-cluster',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which is not part of the cluster; nothing is granted for it`,
    help: 'send a token of that server instead, or remove the token from the request',
  },
  ARB322: {
    severity: 'warning',
    name: 'token-over-plain-http',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host} over plain http; nothing is granted for it`,
    help: 'set scheme = "https", or remove the token from the request',
  },
  ARB323: {
    severity: 'note',
    name: 'delegated-authorisation',
    message: ({ component, host, path }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which may ask the API server whether ${path} is allowed; that is assumed`,
  },
  ARB324: {
    severity: 'note',
    name: 'node-proxy-scrape',
    message: ({ component, path }: { component: string; host: string; path: string }) =>
      `${component} reaches kubelets through the API server (${path}), for which nodes/proxy is needed: it allows everything a kubelet can do`,
    help: 'scrape the kubelet at its own address, for which nodes/metrics is enough',
  },
  ARB331: {
    severity: 'error',
    name: 'unknown-argument',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} has no ${kind} ${name}`,
  },
  ARB332: {
    severity: 'error',
    name: 'argument-of-another-release',
    message: ({ name, owner, history, release }: { name: string; owner: string; history: string; release: string }) =>
      `${name} of ${owner} ${history}; this is Alloy ${release}`,
    help: 'state the release with --alloy-version, or remove it',
  },
  ARB333: {
    severity: 'error',
    name: 'missing-argument',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} requires the ${kind} ${name}`,
  },
  ARB334: {
    severity: 'error',
    name: 'block-as-attribute',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is a block, and is given as an attribute`,
  },
  ARB335: {
    severity: 'error',
    name: 'attribute-as-block',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is an attribute, and is given as a block`,
  },
  ARB336: {
    severity: 'error',
    name: 'repeated-argument',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} takes the ${kind} ${name} once only`,
    help: 'remove one of them, or join what they say',
  },
  ARB337: {
    severity: 'error',
    name: 'unlabelled-block',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} has no label`,
    help: 'write a label after the name: a double-quoted identifier',
  },
  ARB338: {
    severity: 'error',
    name: 'labelled-block',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} takes no label`,
    help: 'remove the label',
  },
  ARB341: {
    severity: 'error',
    name: 'argument-type',
    message: ({ argument, owner, problem }: { argument: string; owner: string; problem: string }) =>
      `${argument} of ${owner} ${problem}`,
  },
  ARB342: {
    severity: 'error',
    name: 'unknown-value',
    message: ({
      argument,
      owner,
      value,
      values,
    }: {
      argument: string
      owner: string
      value: string
      values: readonly string[]
    }) =>
      `${argument} of ${owner} cannot be ${JSON.stringify(value)}, expected one of ${values.filter(each => each !== '').join(', ')}`,
  },
  ARB343: {
    severity: 'note',
    name: 'unknown-server',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to servers that are known only at run time; kubelets, and servers that ask the API server about their clients, are assumed`,
  },
  ARB346: {
    severity: 'note',
    name: 'unknown-kubelet-path',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} asks kubelets for a path that is known only at run time; every part of their API that can be read is assumed, nodes/proxy among them`,
    help: 'write the path in the configuration, such as metrics_path = "/metrics/cadvisor", or keep only targets whose path begins so',
  },
  ARB345: {
    severity: 'error',
    name: 'no-such-use',
    message: ({ thing }: { thing: string }) => `the configuration instantiates no ${thing}`,
    help: 'name a component of the configuration with its label, as in prometheus.scrape.kubelet',
  },
  ARB344: {
    severity: 'note',
    name: 'unknown-path',
    message: ({ component, host, assumed }: { component: string; host: string; path: string; assumed: string }) =>
      `${component} sends the service account's token to ${host} with a path that is known only at run time; assumed: ${assumed}`,
    help: 'grant other paths by hand where the server asks about them: { nonResourceURLs: ["/path"], verbs: ["get"] }',
  },
  ARB370: {
    severity: 'note',
    name: 'newer-kernel-taken',
    message: ({ component, range, privileges }: { component: string; range: string; privileges: readonly string[] }) =>
      `on Linux ${range} ${component} needs ${privileges.join(', ')} as well; nodes with a newer kernel are taken`,
    help: 'give the oldest kernel of the nodes with --kernel',
  },
  ARB371: {
    severity: 'note',
    name: 'port-unknown',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the port in ${argument} of ${component} is known only at run time; it is taken to be 1024 or above, and no NetworkPolicy admits it`,
    help: 'write the port in the configuration, or give it with --env or --arg',
  },
  ARB372: {
    severity: 'warning',
    name: 'host-path-unknown',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the path in ${argument} of ${component} is known only at run time; nothing is mounted for it`,
    help: 'write the path in the configuration, or give it with --env or --arg; or mount it with alloy.mounts.extra',
  },
  ARB373: {
    severity: 'note',
    name: 'privilege-only-possible',
    message: ({
      argument,
      component,
      privileges,
    }: {
      argument: string
      component: string
      privileges: readonly string[]
    }) =>
      `what ${argument} of ${component} holds is known only at run time; some values would need ${privileges.join(', ')}, which is not taken`,
  },
  ARB374: {
    severity: 'warning',
    name: 'host-path-moved',
    message: ({ component, path, place }: { component: string; path: string; place: string }) =>
      `${component} reads files in ${path}, where the container needs its own files; those of the host are mounted at ${place}`,
    help: 'let the configuration read them there, or name a folder below that can be mounted by itself',
  },
  ARB375: {
    severity: 'warning',
    name: 'system-folder-written',
    message: ({ component, path }: { component: string; path: string }) =>
      `${component} writes into ${path}, where the container needs its own files and no volume can be; it gets root and a root file system that can be written`,
    help: 'let it write into a folder of its own, such as /run/alloy',
  },
  ARB376: {
    severity: 'error',
    name: 'mounts-collide',
    message: ({
      components,
      paths,
      mountPath,
    }: Record<'components' | 'paths', readonly string[]> & { mountPath: string }) =>
      `${components.join(', ')} looks for ${paths.join(' and ')} of the host in ${mountPath} of the container, which can show one of them`,
    help: 'give each of them a path of its own',
  },
  ARB401: {
    severity: 'error',
    name: 'missing-grant',
    message: ({ grant, components }: { grant: string; components: string }) =>
      `${components} needs ${grant}, which no role of the account grants`,
  },
  ARB402: {
    severity: 'warning',
    name: 'excess-grant',
    message: ({ grant, rule, needs, risk }: { grant: string; rule: string; needs: string; risk: string }) =>
      `${rule} grants ${grant}, ${needs}${risk === '' ? '' : `; it ${risk}`}`,
  },
  ARB403: {
    severity: 'warning',
    name: 'phantom-grant',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grant}, which no API serves under that group`,
  },
  ARB404: {
    severity: 'warning',
    name: 'wildcard-grant',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grant} by a wildcard, which reaches more than is needed`,
    help: 'name what is needed',
  },
  ARB405: {
    severity: 'warning',
    name: 'rule-in-the-wrong-place',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} names ${grant}, which has no namespace, but the role is bound in one and grants nothing`,
    help: 'move the rule to a ClusterRole with a ClusterRoleBinding',
  },
  ARB406: {
    severity: 'error',
    name: 'role-not-in-the-input',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the account is bound to the ${kind} ${name}, which is not in the input`,
  },
  ARB407: {
    severity: 'error',
    name: 'missing-privilege',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `${components} needs ${privilege}, which the workload does not have`,
  },
  ARB408: {
    severity: 'warning',
    name: 'excess-privilege',
    message: ({ privilege }: { privilege: string }) => `the workload has ${privilege}, and no component needs it`,
  },
  ARB409: {
    severity: 'warning',
    name: 'token-without-need',
    message: () => "the account's token is mounted, and no component needs it",
    help: 'set automountServiceAccountToken: false',
  },
  ARB410: {
    severity: 'error',
    name: 'token-not-mounted',
    message: ({ components }: { components: string }) =>
      `${components} needs the account's token, which is not mounted`,
    help: 'set automountServiceAccountToken: true',
  },
  ARB411: {
    severity: 'error',
    name: 'pod-refused',
    message: ({ level, violations }: { level: string; violations: string }) =>
      `the namespace enforces the Pod Security Standard ${level}, which refuses this pod: ${violations}`,
    help: 'harden the pod, or run it in a namespace whose standard admits it',
  },
  ARB412: {
    severity: 'error',
    name: 'chart-does-not-render',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render these values: ${because}`,
  },
  ARB413: {
    severity: 'warning',
    name: 'object-only-helm-renders',
    message: () => 'only Helm can render this object, so that what it grants is not judged',
    help: 'check the rendered chart: helm template … | alloy-rbac check -',
  },
  ARB414: {
    severity: 'note',
    name: 'pod-on-windows',
    message: () => 'the pod runs on Windows, where privileges of Linux are nothing; its grants alone are judged',
  },
  ARB415: {
    severity: 'note',
    name: 'nothing-bound',
    message: ({ account }: { account: string }) => `nothing in the input is bound to the account ${account}`,
    help: 'add its roles and bindings to the input if they are applied from elsewhere',
  },
  ARB416: {
    severity: 'note',
    name: 'account-not-in-the-input',
    message: ({ account }: { account: string }) =>
      `the ServiceAccount ${account} is not in the input, and is taken to mount its token`,
    help: 'add it to the input',
  },
  ARB417: {
    severity: 'note',
    name: 'folder-of-alloy-files',
    message: ({ path, name }: { path: string; name: string }) =>
      `${path} is read as Alloy does, for its Alloy files alone; ${name} is left out`,
    help: 'hand in what kustomize build prints to have the manifests read, or give the Alloy files a folder of their own',
  },
  ARB418: {
    severity: 'note',
    name: 'privilege-used-on-some-nodes',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `the workload has ${privilege}, which is used on some nodes only, by ${components}`,
  },
  ARB420: {
    severity: 'warning',
    name: 'baseline-expired',
    message: ({ code, subject, expires }: { code: string; subject: string; expires: string }) =>
      `the baseline accepts ${code} ${subject} until ${expires} only`,
    help: 'resolve the finding, or give the entry a later date',
  },
  ARB421: {
    severity: 'warning',
    name: 'baseline-stale',
    message: ({ code, subject }: { code: string; subject: string }) =>
      `the baseline accepts ${code} ${subject}, which is no longer found`,
    help: 'remove the entry from the baseline',
  },
  ARB422: {
    severity: 'error',
    name: 'baseline-shape',
    message: ({ what }: { what: string }) => `this is no baseline: ${what}`,
    help: 'write one with --write-baseline',
  },
  ARB423: {
    severity: 'error',
    name: 'denied-and-needed',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, which ${components} needs`,
  },
  ARB424: {
    severity: 'warning',
    name: 'denied-where-not-needed',
    message: ({ account, grant, there }: { account: string; grant: string; there: string }) =>
      `${account} is denied ${grant}, while the configuration asks for ${there} only`,
    help: 'do not grant it: another configuration runs than the one at hand, or another program uses the account',
  },
  ARB425: {
    severity: 'warning',
    name: 'denied-without-need',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, and no component of the configuration asks for it${risk}`,
    help: 'do not grant it: another configuration runs than the one at hand, or another program uses the account',
  },
  ARB426: {
    severity: 'note',
    name: 'denied-and-optional',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, without which ${components} does its work all the same`,
  },
  ARB427: {
    severity: 'warning',
    name: 'denied-and-possible',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) => `${account} is denied ${grant}, for which these may ask: ${components}${risk}`,
  },
  ARB428: {
    severity: 'warning',
    name: 'denied-without-account',
    message: ({ user, grant }: { user: string; grant: string }) =>
      `${user}, which is no service account, is denied ${grant}`,
    help: 'mount the token and have the component send it, or look into the identity that it is given',
  },
  ARB429: {
    severity: 'warning',
    name: 'denied-to-nobody',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, for which no component of Alloy asks${risk}`,
    help: 'do not grant it: another program uses the account',
  },
  ARB430: {
    severity: 'error',
    name: 'upgrade-of-what-is-rendered',
    message: () => 'this workload is rendered already, and does not say from which values the new chart will be',
    help: 'hand in the values, or the Alloy files where the chart has its defaults',
  },
  ARB431: {
    severity: 'error',
    name: 'upgrade-takes-a-grant',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `${components} needs ${grant}, which chart ${version} no longer grants`,
    help: 'give the values below together with the new chart',
  },
  ARB432: {
    severity: 'error',
    name: 'upgrade-needs-a-grant',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `with the Alloy of chart ${version}, ${components} needs ${grant}, which nothing grants`,
    help: 'give the values below together with the new chart',
  },
  ARB501: {
    severity: 'warning',
    name: 'newer-chart',
    message: ({ version, newest }: { version: string; newest: string }) =>
      `chart ${version} is newer than ${newest}, the newest one known, and is taken for that one`,
    help: 'compare the rbac part of its values.yaml with the one known, or update alloy-rbac',
  },
  ARB502: {
    severity: 'error',
    name: 'unknown-chart',
    message: ({ version, oldest, newest }: { version: string; oldest: string; newest: string }) =>
      `${version} is not a release of the chart grafana/alloy; expected one of ${oldest} to ${newest}`,
    help: 'give a released version with --chart-version',
  },
  ARB503: {
    severity: 'warning',
    name: 'chart-without-rules',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `chart ${version} has its rules in the template and no extraObjects: its values cannot carry the ${grants} ${grants === 1 ? 'grant' : 'grants'}, and grant nothing`,
    help: 'apply the output of --format manifests beside the release, or use chart 0.11.0 or newer',
  },
  ARB504: {
    severity: 'note',
    name: 'token-always-mounted',
    message: ({ version }: { version: string }) =>
      `nothing needs the service account's token, which chart ${version} mounts nevertheless`,
    help: 'use chart 0.12.2 or newer, whose values can leave the token out',
  },
  ARB505: {
    severity: 'warning',
    name: 'host-ipc',
    message: (_: Record<never, never>) =>
      'the configuration needs hostIPC, for which no release of the chart has a value',
    help: 'add hostIPC to the pod with a post-renderer',
  },
  ARB506: {
    severity: 'error',
    name: 'namespace-not-given',
    message: (_: Record<never, never>) => 'the namespace Alloy runs in is not known, and manifests have to name it',
    help: 'give it with --namespace',
  },
  ARB507: {
    severity: 'note',
    name: 'widened-to-cluster',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `--scope cluster widens ${grants} ${grants === 1 ? 'grant' : 'grants'} of single namespaces to all of them: ${lines.join('; ')}`,
    help: 'leave --scope cluster out to grant them where they are needed alone',
  },
  ARB508: {
    severity: 'warning',
    name: 'widened-by-defaults',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `a part of the configuration is not known, so the default rules of chart ${version} are granted as well, ${grants} ${grants === 1 ? 'grant' : 'grants'} more`,
    help: 'make the unknown part known, or leave --on-unknown defaults out',
  },
  ARB509: {
    severity: 'note',
    name: 'own-rules-dropped',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `the values grant ${grants} ${grants === 1 ? 'permission' : 'permissions'} beyond the chart's defaults that the configuration does not need: ${lines.join('; ')}`,
    help: 'keep them with --keep-extra',
  },
  ARB510: {
    severity: 'error',
    name: 'values-do-not-render',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render these values: ${because}`,
    help: 'correct the values that were handed in',
  },
  ARB511: {
    severity: 'error',
    name: 'values-make-no-pod',
    message: ({ because }: { because: string }) => `these values make no pod that Kubernetes takes: ${because}`,
    help: 'Correct the values that were handed in.',
  },
  ARB531: {
    severity: 'error',
    name: 'yaml-syntax',
    message: ({ problem }: { problem: string }) => `this is not YAML: ${problem}`,
  },
  ARB532: {
    severity: 'error',
    name: 'yaml-duplicate-key',
    message: ({ key }: { key: string }) => `the key ${key} is given twice in one map`,
    help: 'keep one of the two',
  },
  ARB533: {
    severity: 'error',
    name: 'yaml-limit',
    message: ({ limit }: { limit: string }) => `this YAML is ${limit}`,
  },
  ARB536: {
    severity: 'error',
    name: 'not-understood',
    message: ({ what }: { what: string }) => `${what} is neither a Kubernetes object nor values of the Alloy chart`,
    help: 'hand in *.alloy files, values of the grafana/alloy chart, or rendered manifests',
  },
  ARB537: {
    severity: 'error',
    name: 'other-tool',
    message: ({ tool }: { tool: string }) => `this is a configuration of ${tool}, not of Alloy`,
  },
  ARB538: {
    severity: 'error',
    name: 'empty-folder',
    message: ({ path }: { path: string }) => `the folder ${path} holds neither *.alloy files nor YAML or JSON files`,
  },
  ARB539: {
    severity: 'error',
    name: 'unreadable',
    message: ({ path }: { path: string }) => `${path} cannot be read`,
  },
  ARB540: {
    severity: 'error',
    name: 'configuration-elsewhere',
    message: ({ what, name }: { what: string; name: string }) =>
      `${what}, which holds the configuration of ${name}, is not in the input`,
    help: 'hand in the object as well, or the rendered chart: helm template … | alloy-rbac check -',
  },
  ARB541: {
    severity: 'note',
    name: 'chart-example',
    message: () => 'no configuration in the values: the chart runs its example, which discovers every kind of object',
    help: 'set alloy.configMap.content, or hand in the *.alloy files beside the values',
  },
  ARB542: {
    severity: 'error',
    name: 'generated-configuration',
    message: () => 'these values hold no configuration: the k8s-monitoring chart writes it from them',
    help: 'render the chart first: helm template … | alloy-rbac check -',
  },
  ARB543: {
    severity: 'error',
    name: 'several-charts',
    message: ({ paths }: { paths: string }) => `these values hold the Alloy chart several times: ${paths}`,
    help: 'hand in the *.alloy files with the values of one of them',
  },
  ARB544: {
    severity: 'warning',
    name: 'values-elsewhere',
    message: ({ what }: { what: string }) => `${what} may change these values and is not in the input`,
    help: 'hand in the rendered chart: helm template … | alloy-rbac check -',
  },
  ARB545: {
    severity: 'warning',
    name: 'chart-template',
    message: ({ path }: { path: string }) => `${path} is a template of a chart and was not read`,
    help: 'render the chart and hand in the result',
  },
  ARB546: {
    severity: 'note',
    name: 'chart-disabled',
    message: ({ path }: { path: string }) => `${path}.enabled is false: this Alloy was not read`,
  },
  ARB547: {
    severity: 'error',
    name: 'content-type',
    message: ({ path }: { path: string }) => `${path} is not text, expected a string that holds the configuration`,
    help: 'write the configuration as a block: content: |',
  },
  ARB548: {
    severity: 'warning',
    name: 'stability-level',
    message: ({ level }: { level: string }) =>
      `${level} is no stability level, expected one of experimental, public-preview, generally-available`,
  },
  ARB549: {
    severity: 'error',
    name: 'no-alloy',
    message: () => 'the input holds no Alloy configuration and no workload that runs Alloy',
  },
  ARB561: {
    severity: 'error',
    name: 'no-such-workload',
    message: ({ workload, names }: { workload: string; names: string }) =>
      `the input holds no workload ${workload}; it holds ${names}`,
    help: 'name one of them with --workload',
  },
  ARB562: {
    severity: 'error',
    name: 'several-workloads',
    message: ({ names }: { names: string }) => `the input holds several configurations: ${names}`,
    help: 'name one of them with --workload',
  },
  ARB563: {
    severity: 'note',
    name: 'pod-security',
    message: ({ level, lists }: { level: string; lists: readonly string[] }) =>
      `the strictest Pod Security Standard that admits the pod is ${level}; ${lists.join('; ')}`,
  },
  ARB564: {
    severity: 'note',
    name: 'instance-of-its-own',
    message: ({ components, level, grants }: { components: readonly string[]; level: string; grants: number }) =>
      `without ${components.join(', ')} the pod would be admitted by the standard ${level}, and ${grants} ${grants === 1 ? 'grant' : 'grants'} would stand apart from what reaches the node`,
    help: 'run them in an instance of its own, with the components that take their data',
  },
  ARB565: {
    severity: 'note',
    name: 'low-port',
    message: ({ port, component }: { port: string; component: string }) =>
      `${component} listens on ${port}, so the container runs as root with NET_BIND_SERVICE`,
    help: 'listen on a port of 1024 or above, which alloy.extraPorts can map; or lower net.ipv4.ip_unprivileged_port_start, a safe sysctl, with global.podSecurityContext.sysctls; either spares root',
  },
  ARB566: {
    severity: 'warning',
    name: 'autopilot-refuses',
    message: ({
      what,
      components,
      constraint,
    }: {
      what: readonly string[]
      components: readonly string[]
      constraint: string
    }) =>
      `GKE Autopilot refuses ${what.join(', ')} (${components.length === 0 ? 'no component asks for it' : components.join(', ')}), by ${constraint}`,
    help: 'run it on a Standard cluster, or under a WorkloadAllowlist; --workload-policies=allow-net-admin of a cluster allows NET_ADMIN',
  },
  ARB567: {
    severity: 'note',
    name: 'autopilot-admits',
    message: (_: Record<never, never>) => 'GKE Autopilot refuses nothing of this pod',
  },
  ARB568: {
    severity: 'note',
    name: 'selinux-type',
    message: ({ type }: { type: string }) =>
      `the type that SELinux gives to containers cannot reach what this pod needs of the node, so its constraints give it ${type}; that was not tried on a cluster`,
    help: 'try it on one node; where the policy of the nodes has a narrower type, name that one in seLinuxContext',
  },
  ARB569: {
    severity: 'note',
    name: 'listens',
    message: ({ ports, port, clustered }: { ports: readonly string[]; port: number; clustered: boolean }) =>
      `the NetworkPolicy admits ${ports.length === 0 ? 'nothing for components' : ports.join(', ')}, and ${clustered ? `the members of the cluster to Alloy's HTTP server on ${port}` : `nobody to Alloy's HTTP server on ${port}, which nothing in the configuration needs from other pods`}`,
    help: 'add what scrapes the metrics of Alloy itself, if anything does; alloy.listenAddr 127.0.0.1 would close the server too, but the readiness probe of the chart then fails',
  },
  ARB570: {
    severity: 'warning',
    name: 'probe-cannot-reach',
    message: ({ address }: { address: string }) =>
      `alloy.listenAddr is ${address}, where the readiness probe of the chart cannot reach Alloy, so no pod becomes ready`,
    help: 'leave it at 0.0.0.0 and close the server with --network-policy; from chart 1.2.1 on alloy.enableHttpServerPort: false leaves the probe out',
  },
  ARB571: {
    severity: 'warning',
    name: 'policy-on-host-network',
    message: (_: Record<never, never>) =>
      'the pod is on the network of the host, where most network plugins ignore a NetworkPolicy',
    help: 'close the ports with the firewall of the node',
  },
  ARB572: {
    severity: 'warning',
    name: 'objects-not-carried',
    message: ({ version, kinds }: { version: string; kinds: readonly string[] }) =>
      `chart ${version} has no extraObjects, so its values cannot carry ${kinds.join(' and ')}`,
    help: 'use --format manifests, or chart 0.11.0 or newer',
  },
  ARB573: {
    severity: 'warning',
    name: 'policies-add-up',
    message: (_: Record<never, never>) =>
      'networkPolicy.enabled is on, and what the policy of the chart admits is admitted whatever this one says',
    help: 'switch networkPolicy.enabled off',
  },
  ARB574: {
    severity: 'warning',
    name: 'secret-repeated',
    message: ({ names }: { names: readonly string[] }) =>
      `the document repeats the Secret ${names.join(', ')} of extraObjects with its data: Helm replaces lists, so what is left out would be gone`,
    help: 'keep the document as secret as the values, or take the Secret out of extraObjects',
  },
} as const satisfies Record<string, Entry>

/** A code of the catalog. */
export type Code = keyof typeof catalog
/** What the message of a code is made from. */
export type Args<C extends Code> = Parameters<(typeof catalog)[C]['message']>[0]
