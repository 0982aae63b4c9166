/** SARIF's names. error: no plan, or Alloy is denied something; warning: the plan is right, the deployment is not; note: right, possibly wider than needed. */
export type Severity = 'error' | 'warning' | 'note'

/** What the catalog knows of a diagnostic. */
export interface Entry {
  /** What users see and search for: `ARB` and three digits, the first of which is the stage. */
  readonly code: string
  readonly severity: Severity
  // biome-ignore lint/suspicious/noExplicitAny: each entry types its own arguments; `Args` recovers them
  readonly message: (args: any) => string
  /** One imperative sentence, without a final stop's worth of padding. */
  readonly help?: string
}

/**
 * Every diagnostic the program can report, by its kebab-case name. The first digit of a code is the stage: 0 syntax, 1 modules and references, 2 evaluation,
 * 3 rule map and versions, 4 check, 5 chart and values. Codes are never reused.
 */
export const catalog = {
  'unexpected-token': {
    code: 'ARB001',
    severity: 'error',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
  },
  'statements-on-one-line': {
    code: 'ARB002',
    severity: 'error',
    message: ({ found }: { found: string }) => `expected the end of the line after a statement, found ${found}`,
    help: 'put each statement on a line of its own',
  },
  'missing-comma': {
    code: 'ARB003',
    severity: 'error',
    message: ({ found, closer }: { found: string; closer: string }) => `expected , or ${closer}, found ${found}`,
    help: 'separate elements with commas',
  },
  'unclosed-bracket': {
    code: 'ARB004',
    severity: 'error',
    message: ({ opener, closer, found }: { opener: string; closer: string; found: string }) =>
      `expected ${closer} for the ${opener} that is still open, found ${found}`,
  },
  'value-after-value': {
    code: 'ARB005',
    severity: 'error',
    message: ({ found }: { found: string }) =>
      `expected an operator or the end of the value before the string, found ${found} after it`,
    help: 'join two values with an operator, separate them with a comma, or escape the quotes inside a string',
  },
  'block-as-value': {
    code: 'ARB006',
    severity: 'error',
    message: () => 'a block cannot be the value of an attribute',
    help: 'remove the = to write a block, or separate the fields of an object with commas',
  },
  'attribute-name': {
    code: 'ARB007',
    severity: 'error',
    message: ({ name }: { name: string }) => `${name} is no name for an attribute: expected a single identifier`,
    help: 'open the block that the attribute belongs to, and write its last name there',
  },
  'attribute-label': {
    code: 'ARB008',
    severity: 'error',
    message: ({ name }: { name: string }) => `attribute ${name} has a label; only blocks have labels`,
    help: 'remove the label, or write { instead of =',
  },
  'label-not-identifier': {
    code: 'ARB009',
    severity: 'error',
    message: ({ why }: { why: string }) => `the label of a block is a double-quoted identifier, ${why}`,
    help: 'write letters, digits and underscores only, between double quotes, a letter or underscore first',
  },
  'illegal-character': {
    code: 'ARB010',
    severity: 'error',
    message: ({ character }: { character: string }) => `${character} is no character of the language`,
  },
  'half-operator': {
    code: 'ARB011',
    severity: 'error',
    message: ({ half }: { half: string }) => `${half} alone is no operator, ${half}${half} is`,
    help: 'double the character',
  },
  'exponent-without-digits': {
    code: 'ARB012',
    severity: 'error',
    message: ({ number }: { number: string }) => `the exponent of ${number} has no digits`,
    help: 'write digits after the e, or leave it out',
  },
  'unterminated-string': {
    code: 'ARB013',
    severity: 'error',
    message: ({ quote }: { quote: string }) => `the string that opens here has no closing ${quote}`,
  },
  'single-quoted-string': {
    code: 'ARB014',
    severity: 'error',
    message: () => 'a string stands in double quotes or backquotes, not in single quotes',
    help: 'write double quotes',
  },
  'unterminated-comment': {
    code: 'ARB015',
    severity: 'error',
    message: () => 'the comment that opens here has no closing */',
    help: 'close it with */; comments do not nest',
  },
  'unknown-escape': {
    code: 'ARB016',
    severity: 'error',
    message: ({ sequence }: { sequence: string }) => `${sequence} is no escape sequence`,
    help: 'double the backslash to mean itself, or put the string in backquotes, where nothing is escaped',
  },
  'malformed-escape': {
    code: 'ARB017',
    severity: 'error',
    message: ({ kind, digits, found }: { kind: string; digits: string; found: string }) =>
      `${kind} is followed by ${digits}, found ${found}`,
  },
  'escape-out-of-range': {
    code: 'ARB018',
    severity: 'error',
    message: ({ sequence, limit }: { sequence: string; limit: string }) =>
      `${sequence} stands for no character: ${limit}`,
  },
  'forbidden-character': {
    code: 'ARB019',
    severity: 'error',
    message: ({ character }: { character: string }) =>
      `${character} is allowed nowhere in a configuration, not even in strings and comments`,
    help: 'remove the character',
  },
  'nested-too-deeply': {
    code: 'ARB020',
    severity: 'error',
    message: ({ limit }: { limit: number }) =>
      `brackets, blocks and prefix operators are nested more than ${limit} deep`,
    help: 'move the inner part into an attribute or module of its own',
  },
  'expression-too-long': {
    code: 'ARB021',
    severity: 'error',
    message: ({ limit }: { limit: number }) => `an expression chains more than ${limit} operators`,
    help: 'split the expression, or write a list',
  },
  'file-too-large': {
    code: 'ARB022',
    severity: 'error',
    message: ({ limit }: { limit: string }) => `the file is larger than ${limit}`,
    help: 'hand in the configuration itself',
  },
  'not-utf8': {
    code: 'ARB023',
    severity: 'error',
    message: ({ encoding }: { encoding: string }) => `the file is encoded in ${encoding}, expected UTF-8`,
    help: 'save it as UTF-8',
  },
  'bytes-not-utf8': {
    code: 'ARB024',
    severity: 'error',
    message: ({ offset }: { offset: number }) => `the bytes at offset ${offset} are no UTF-8`,
    help: 'save the file as UTF-8',
  },
  'template-outside-string': {
    code: 'ARB025',
    severity: 'error',
    message: () =>
      'a template action may stand inside a string value or a comment only; here it decides what the text is',
    help: 'render the chart first: helm template … | alloy-rbac check -',
  },
  'attribute-without-value': {
    code: 'ARB026',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `${name} is taken for the value of the attribute above it, found a second =`,
    help: 'write the value that is missing above',
  },
  'duplicate-block': {
    code: 'ARB101',
    severity: 'error',
    message: ({ id }: { id: string }) => `${id} is declared twice in one module`,
    help: 'give one of them another label, or remove it',
  },
  'attribute-outside-block': {
    code: 'ARB102',
    severity: 'error',
    message: ({ name }: { name: string }) => `attribute ${name} stands outside of a block; a module holds blocks only`,
    help: 'move it into the block it belongs to',
  },
  'missing-label': {
    code: 'ARB103',
    severity: 'error',
    message: ({ block }: { block: string }) => `${block} has no label`,
    help: 'write a label after the name: a double-quoted identifier',
  },
  'unresolved-reference': {
    code: 'ARB104',
    severity: 'error',
    message: ({ reference }: { reference: string }) =>
      `${reference} does not exist in this module or is out of its scope`,
  },
  'reference-cycle': {
    code: 'ARB105',
    severity: 'error',
    message: ({ cycle }: { cycle: string }) => cycle,
    help: 'break the cycle: Alloy evaluates a component after everything it refers to',
  },
  'module-unavailable': {
    code: 'ARB106',
    severity: 'error',
    message: ({ id, why }: { id: string; why: string }) => `the module of ${id} is not at hand: ${why}`,
    help: 'give a local copy with --module SOURCE=PATH',
  },
  'unused-module-unavailable': {
    code: 'ARB107',
    severity: 'warning',
    message: ({ id, why }: { id: string; why: string }) =>
      `the module of ${id} is not at hand (${why}); nothing of it is used, so nothing is missing from the plan`,
  },
  'unknown-custom-component': {
    code: 'ARB108',
    severity: 'error',
    message: ({ name, where }: { name: string; where: string }) => `${where} declares no ${name}`,
  },
  'missing-module-argument': {
    code: 'ARB109',
    severity: 'error',
    message: ({ argument, module }: { argument: string; module: string }) =>
      `${module} requires the argument ${argument}`,
    help: 'pass the argument, or mark it optional = true where it is declared',
  },
  'undeclared-module-argument': {
    code: 'ARB110',
    severity: 'error',
    message: ({ argument, module }: { argument: string; module: string }) =>
      `${module} declares no argument ${argument}`,
  },
  'block-in-custom-component': {
    code: 'ARB111',
    severity: 'error',
    message: ({ block, module }: { block: string; module: string }) =>
      `${module} is a custom component and takes attributes only, not the block ${block}`,
  },
  'misplaced-block': {
    code: 'ARB112',
    severity: 'error',
    message: ({ block, where }: { block: string; where: string }) => `${block} is not allowed in ${where}`,
  },
  'recursive-module': {
    code: 'ARB113',
    severity: 'error',
    message: ({ cycle }: { cycle: string }) => `${cycle} instantiates itself`,
    help: 'break the recursion: Alloy does not load a module that contains itself',
  },
  'too-many-instances': {
    code: 'ARB115',
    severity: 'error',
    message: ({ limit }: { limit: number }) => `the configuration expands to more than ${limit} component instances`,
    help: 'analyse parts of the configuration one by one',
  },
  'unused-declare': {
    code: 'ARB116',
    severity: 'note',
    message: ({ name }: { name: string }) => `declare ${name} is never used; nothing is granted for what it holds`,
  },
  'outside-file': {
    code: 'ARB117',
    severity: 'note',
    message: ({ path }: { path: string }) =>
      `${path} lies outside of the input's folder and is followed, as --allow-outside says`,
  },
  'remote-configuration': {
    code: 'ARB119',
    severity: 'error',
    message: ({ block, url }: { block: string; url: string }) =>
      `${block} loads further configuration from ${url}, which may need anything`,
    help: 'analyse that configuration too, or accept an incomplete plan with --on-unknown warn or defaults',
  },
  'incomplete-foreach': {
    code: 'ARB120',
    severity: 'error',
    message: ({ id, what }: { id: string; what: string }) => `${id} has no ${what}`,
  },
  'ambiguous-import': {
    code: 'ARB121',
    severity: 'warning',
    message: ({ label }: { label: string }) =>
      `two imports are called ${label}; Alloy uses the one it evaluates last, here the components of both are searched`,
    help: 'give one of them another label',
  },
  'reserved-label': {
    code: 'ARB122',
    severity: 'error',
    message: (_: Record<never, never>) => 'a module cannot be called declare',
    help: 'give it another label',
  },
  'labelled-configuration-block': {
    code: 'ARB123',
    severity: 'error',
    message: ({ block }: { block: string }) => `${block} configures Alloy itself and takes no label`,
    help: 'remove the label',
  },
  'idle-option': {
    code: 'ARB124',
    severity: 'note',
    message: ({ option, name, why }: { option: string; name: string; why: string }) =>
      `${why}: --${option} ${name} changes nothing`,
  },
  'modules-only': {
    code: 'ARB125',
    severity: 'warning',
    message: (_: Record<never, never>) => 'the input defines modules and runs none of them: its plan is empty',
    help: 'hand in the configuration that uses them',
  },
  assumed: {
    code: 'ARB201',
    severity: 'note',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `what ${argument} of ${component} holds is known only at run time; every value it may have is covered`,
  },
  'assumed-by-cluster': {
    code: 'ARB202',
    severity: 'note',
    message: ({ rules, kind, component }: { rules: readonly string[]; kind: string; component: string }) =>
      `${component} needs some grants only if objects of the cluster ask for them, which are taken to exist (${kind}#${rules.join(', #')})`,
  },
  'optional-not-granted': {
    code: 'ARB203',
    severity: 'note',
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
  'wrong-type': {
    code: 'ARB210',
    severity: 'error',
    message: ({ what, expected, actual }: { what: string; expected: string; actual: string }) =>
      `${what} is of type ${actual}, expected ${expected}`,
  },
  'unknown-identifier': {
    code: 'ARB211',
    severity: 'error',
    message: ({ name }: { name: string }) => `identifier ${name} does not exist`,
  },
  'unknown-field': {
    code: 'ARB212',
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `field ${name} does not exist${known.length > 0 ? `; expected one of ${known.join(', ')}` : ''}`,
  },
  'index-out-of-range': {
    code: 'ARB213',
    severity: 'error',
    message: ({ index, length }: { index: string; length: number }) =>
      `index ${index} lies outside an array of ${length}, expected ${length > 0 ? `0 to ${length - 1}` : 'an element'}`,
  },
  'division-by-zero': {
    code: 'ARB214',
    severity: 'error',
    message: ({ operator }: { operator: string }) => `the right operand of ${operator} is 0`,
  },
  'argument-count': {
    code: 'ARB215',
    severity: 'error',
    message: ({ name, expected, actual }: { name: string; expected: string; actual: number }) =>
      `${name} is called with ${actual} ${actual === 1 ? 'argument' : 'arguments'}, expected ${expected}`,
  },
  'unusable-argument': {
    code: 'ARB216',
    severity: 'error',
    message: ({ name, problem }: { name: string; problem: string }) => `${name}: ${problem}`,
  },
  'function-of-another-release': {
    code: 'ARB217',
    severity: 'error',
    message: ({ name, since, release }: { name: string; since: string; release: string }) =>
      `${name} exists since Alloy ${since}, not in ${release}`,
  },
  'number-out-of-range': {
    code: 'ARB218',
    severity: 'error',
    message: (_: Record<never, never>) => 'the number is too large for a 64-bit float',
  },
  'experimental-function': {
    code: 'ARB219',
    severity: 'warning',
    message: ({ name }: { name: string }) => `${name} is experimental, and the deployment allows less`,
    help: 'set stabilityLevel to experimental',
  },
  'unknown-component': {
    code: 'ARB301',
    severity: 'error',
    message: ({ component }: { component: string }) => `${component} is not a component of any known Alloy release`,
  },
  'component-without-rules': {
    code: 'ARB302',
    severity: 'error',
    message: ({ component }: { component: string }) =>
      `${component} is a component of Alloy, but what it needs is not known; it may need anything`,
    help: 'accept an incomplete plan with --on-unknown warn, or add the default rules with --on-unknown defaults',
  },
  'component-of-another-release': {
    code: 'ARB303',
    severity: 'error',
    message: ({ component, history, release }: { component: string; history: string; release: string }) =>
      `${component} ${history}; this is Alloy ${release}`,
    help: 'state the release with --alloy-version, or use a component that it has',
  },
  'unstable-component': {
    code: 'ARB304',
    severity: 'warning',
    message: ({ component, stability, allowed }: { component: string; stability: string; allowed: string }) =>
      `${component} is ${stability}, and the deployment allows ${allowed} only`,
  },
  'community-component': {
    code: 'ARB305',
    severity: 'warning',
    message: ({ component }: { component: string }) =>
      `${component} is a community component, and the deployment does not enable those`,
    help: 'run Alloy with --feature.community-components.enabled',
  },
  'unknown-newer-version': {
    code: 'ARB310',
    severity: 'warning',
    message: ({ what, version, newest }: { what: string; version: string; newest: string }) =>
      `${what} ${version} is newer than what is known; ${newest} is used`,
    help: 'update alloy-rbac, or name the version that is meant',
  },
  'component-warning': {
    code: 'ARB311',
    severity: 'warning',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
  },
  'component-note': {
    code: 'ARB312',
    severity: 'note',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
  },
  'unverified-fact': {
    code: 'ARB313',
    severity: 'note',
    message: ({ rule, component }: { rule: string; component: string }) =>
      `what ${rule} asks for ${component} is background knowledge, verified neither in source nor by a recording`,
  },
  'token-leaves-cluster': {
    code: 'ARB321',
    severity: 'warning',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which is not part of the cluster; nothing is granted for it`,
    help: 'send a token of that server instead, or remove the token from the request',
  },
  'token-over-plain-http': {
    code: 'ARB322',
    severity: 'warning',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host} over plain http; nothing is granted for it`,
    help: 'set scheme = "https", or remove the token from the request',
  },
  'delegated-authorisation': {
    code: 'ARB323',
    severity: 'note',
    message: ({ component, host, path }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which may ask the API server whether ${path} is allowed; that is assumed`,
  },
  'node-proxy-scrape': {
    code: 'ARB324',
    severity: 'note',
    message: ({ component, path }: { component: string; host: string; path: string }) =>
      `${component} reaches kubelets through the API server (${path}), for which nodes/proxy is needed: it allows everything a kubelet can do`,
    help: 'scrape the kubelet at its own address, for which nodes/metrics is enough',
  },
  'unknown-argument': {
    code: 'ARB331',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} has no ${kind} ${name}`,
  },
  'argument-of-another-release': {
    code: 'ARB332',
    severity: 'error',
    message: ({ name, owner, history, release }: { name: string; owner: string; history: string; release: string }) =>
      `${name} of ${owner} ${history}; this is Alloy ${release}`,
    help: 'state the release with --alloy-version, or remove it',
  },
  'missing-argument': {
    code: 'ARB333',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} requires the ${kind} ${name}`,
  },
  'block-as-attribute': {
    code: 'ARB334',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is a block, and is given as an attribute`,
  },
  'attribute-as-block': {
    code: 'ARB335',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is an attribute, and is given as a block`,
  },
  'repeated-argument': {
    code: 'ARB336',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} takes the ${kind} ${name} once only`,
    help: 'remove one of them, or join what they say',
  },
  'unlabelled-block': {
    code: 'ARB337',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} has no label`,
    help: 'write a label after the name: a double-quoted identifier',
  },
  'labelled-block': {
    code: 'ARB338',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} takes no label`,
    help: 'remove the label',
  },
  'argument-type': {
    code: 'ARB341',
    severity: 'error',
    message: ({ argument, owner, problem }: { argument: string; owner: string; problem: string }) =>
      `${argument} of ${owner} ${problem}`,
  },
  'unknown-value': {
    code: 'ARB342',
    severity: 'error',
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
  'unknown-server': {
    code: 'ARB343',
    severity: 'note',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to servers that are known only at run time; kubelets, and servers that ask the API server about their clients, are assumed`,
  },
  'unknown-kubelet-path': {
    code: 'ARB346',
    severity: 'note',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} asks kubelets for a path that is known only at run time; every part of their API that can be read is assumed, nodes/proxy among them`,
    help: 'write the path in the configuration, such as metrics_path = "/metrics/cadvisor", or keep only targets whose path begins so',
  },
  'no-such-use': {
    code: 'ARB345',
    severity: 'error',
    message: ({ thing }: { thing: string }) => `the configuration instantiates no ${thing}`,
    help: 'name a component of the configuration with its label, as in prometheus.scrape.kubelet',
  },
  'unknown-path': {
    code: 'ARB344',
    severity: 'note',
    message: ({ component, host, assumed }: { component: string; host: string; path: string; assumed: string }) =>
      `${component} sends the service account's token to ${host} with a path that is known only at run time; assumed: ${assumed}`,
    help: 'grant other paths by hand where the server asks about them: { nonResourceURLs: ["/path"], verbs: ["get"] }',
  },
  'newer-kernel-taken': {
    code: 'ARB370',
    severity: 'note',
    message: ({ component, range, privileges }: { component: string; range: string; privileges: readonly string[] }) =>
      `on Linux ${range} ${component} needs ${privileges.join(', ')} as well; nodes with a newer kernel are taken`,
    help: 'give the oldest kernel of the nodes with --kernel',
  },
  'port-unknown': {
    code: 'ARB371',
    severity: 'note',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the port in ${argument} of ${component} is known only at run time; it is taken to be 1024 or above, and no NetworkPolicy admits it`,
    help: 'write the port in the configuration, or give it with --env or --arg',
  },
  'host-path-unknown': {
    code: 'ARB372',
    severity: 'warning',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the path in ${argument} of ${component} is known only at run time; nothing is mounted for it`,
    help: 'write the path in the configuration, or give it with --env or --arg; or mount it with alloy.mounts.extra',
  },
  'privilege-only-possible': {
    code: 'ARB373',
    severity: 'note',
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
  'host-path-moved': {
    code: 'ARB374',
    severity: 'warning',
    message: ({ component, path, place }: { component: string; path: string; place: string }) =>
      `${component} reads files in ${path}, where the container needs its own files; those of the host are mounted at ${place}`,
    help: 'let the configuration read them there, or name a folder below that can be mounted by itself',
  },
  'system-folder-written': {
    code: 'ARB375',
    severity: 'warning',
    message: ({ component, path }: { component: string; path: string }) =>
      `${component} writes into ${path}, where the container needs its own files and no volume can be; it gets root and a root file system that can be written`,
    help: 'let it write into a folder of its own, such as /run/alloy',
  },
  'mounts-collide': {
    code: 'ARB376',
    severity: 'error',
    message: ({
      components,
      paths,
      mountPath,
    }: Record<'components' | 'paths', readonly string[]> & { mountPath: string }) =>
      `${components.join(', ')} looks for ${paths.join(' and ')} of the host in ${mountPath} of the container, which can show one of them`,
    help: 'give each of them a path of its own',
  },
  'missing-grant': {
    code: 'ARB401',
    severity: 'error',
    message: ({ grant, components }: { grant: string; components: string }) =>
      `${components} needs ${grant}, which no role of the account grants`,
  },
  'excess-grant': {
    code: 'ARB402',
    severity: 'warning',
    message: ({ grant, rule, needs, risk }: { grant: string; rule: string; needs: string; risk: string }) =>
      `${rule} grants ${grant}, ${needs}${risk === '' ? '' : `; it ${risk}`}`,
  },
  'phantom-grant': {
    code: 'ARB403',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grant}, which no API serves under that group`,
  },
  'wildcard-grant': {
    code: 'ARB404',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grant} by a wildcard, which reaches more than is needed`,
    help: 'name what is needed',
  },
  'rule-in-the-wrong-place': {
    code: 'ARB405',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} names ${grant}, which has no namespace, but the role is bound in one and grants nothing`,
    help: 'move the rule to a ClusterRole with a ClusterRoleBinding',
  },
  'role-not-in-the-input': {
    code: 'ARB406',
    severity: 'error',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the account is bound to the ${kind} ${name}, which is not in the input`,
  },
  'missing-privilege': {
    code: 'ARB407',
    severity: 'error',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `${components} needs ${privilege}, which the workload does not have`,
  },
  'excess-privilege': {
    code: 'ARB408',
    severity: 'warning',
    message: ({ privilege }: { privilege: string }) => `the workload has ${privilege}, and no component needs it`,
  },
  'token-without-need': {
    code: 'ARB409',
    severity: 'warning',
    message: () => "the account's token is mounted, and no component needs it",
    help: 'set automountServiceAccountToken: false',
  },
  'token-not-mounted': {
    code: 'ARB410',
    severity: 'error',
    message: ({ components }: { components: string }) =>
      `${components} needs the account's token, which is not mounted`,
    help: 'set automountServiceAccountToken: true',
  },
  'pod-refused': {
    code: 'ARB411',
    severity: 'error',
    message: ({ level, violations }: { level: string; violations: string }) =>
      `the namespace enforces the Pod Security Standard ${level}, which refuses this pod: ${violations}`,
    help: 'harden the pod, or run it in a namespace whose standard admits it',
  },
  'chart-does-not-render': {
    code: 'ARB412',
    severity: 'error',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render these values: ${because}`,
  },
  'object-only-helm-renders': {
    code: 'ARB413',
    severity: 'warning',
    message: () => 'only Helm can render this object, so that what it grants is not judged',
    help: 'check the rendered chart: helm template … | alloy-rbac check -',
  },
  'pod-on-windows': {
    code: 'ARB414',
    severity: 'note',
    message: () => 'the pod runs on Windows, where privileges of Linux are nothing; its grants alone are judged',
  },
  'nothing-bound': {
    code: 'ARB415',
    severity: 'note',
    message: ({ account }: { account: string }) => `nothing in the input is bound to the account ${account}`,
    help: 'add its roles and bindings to the input if they are applied from elsewhere',
  },
  'account-not-in-the-input': {
    code: 'ARB416',
    severity: 'note',
    message: ({ account }: { account: string }) =>
      `the ServiceAccount ${account} is not in the input, and is taken to mount its token`,
    help: 'add it to the input',
  },
  'folder-of-alloy-files': {
    code: 'ARB417',
    severity: 'note',
    message: ({ path, name }: { path: string; name: string }) =>
      `${path} is read as Alloy does, for its Alloy files alone; ${name} is left out`,
    help: 'hand in what kustomize build prints to have the manifests read, or give the Alloy files a folder of their own',
  },
  'privilege-used-on-some-nodes': {
    code: 'ARB418',
    severity: 'note',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `the workload has ${privilege}, which is used on some nodes only, by ${components}`,
  },
  'baseline-expired': {
    code: 'ARB420',
    severity: 'warning',
    message: ({ code, subject, expires }: { code: string; subject: string; expires: string }) =>
      `the baseline accepts ${code} ${subject} until ${expires} only`,
    help: 'resolve the finding, or give the entry a later date',
  },
  'baseline-stale': {
    code: 'ARB421',
    severity: 'warning',
    message: ({ code, subject }: { code: string; subject: string }) =>
      `the baseline accepts ${code} ${subject}, which is no longer found`,
    help: 'remove the entry from the baseline',
  },
  'baseline-shape': {
    code: 'ARB422',
    severity: 'error',
    message: ({ what }: { what: string }) => `this is no baseline: ${what}`,
    help: 'write one with --write-baseline',
  },
  'denied-and-needed': {
    code: 'ARB423',
    severity: 'error',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, which ${components} needs`,
  },
  'denied-where-not-needed': {
    code: 'ARB424',
    severity: 'warning',
    message: ({ account, grant, there }: { account: string; grant: string; there: string }) =>
      `${account} is denied ${grant}, while the configuration asks for ${there} only`,
    help: 'do not grant it: another configuration runs than the one at hand, or another program uses the account',
  },
  'denied-without-need': {
    code: 'ARB425',
    severity: 'warning',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, and no component of the configuration asks for it${risk}`,
    help: 'do not grant it: another configuration runs than the one at hand, or another program uses the account',
  },
  'denied-and-optional': {
    code: 'ARB426',
    severity: 'note',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, without which ${components} does its work all the same`,
  },
  'denied-and-possible': {
    code: 'ARB427',
    severity: 'warning',
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
  'denied-without-account': {
    code: 'ARB428',
    severity: 'warning',
    message: ({ user, grant }: { user: string; grant: string }) =>
      `${user}, which is no service account, is denied ${grant}`,
    help: 'mount the token and have the component send it, or look into the identity that it is given',
  },
  'denied-to-nobody': {
    code: 'ARB429',
    severity: 'warning',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, for which no component of Alloy asks${risk}`,
    help: 'do not grant it: another program uses the account',
  },
  'upgrade-of-what-is-rendered': {
    code: 'ARB430',
    severity: 'error',
    message: () => 'this workload is rendered already, and does not say from which values the new chart will be',
    help: 'hand in the values, or the Alloy files where the chart has its defaults',
  },
  'upgrade-takes-a-grant': {
    code: 'ARB431',
    severity: 'error',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `${components} needs ${grant}, which chart ${version} no longer grants`,
    help: 'give the values below together with the new chart',
  },
  'upgrade-needs-a-grant': {
    code: 'ARB432',
    severity: 'error',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `with the Alloy of chart ${version}, ${components} needs ${grant}, which nothing grants`,
    help: 'give the values below together with the new chart',
  },
  'binding-depends-on-namespace': {
    code: 'ARB441',
    severity: 'error',
    message: ({ binding, namespace }: { binding: string; namespace: string }) =>
      `${binding} reaches the account only if Alloy runs in the namespace ${namespace}, and the input does not say where it runs`,
    help: 'pass --namespace NAME',
  },
  'role-gathers-others': {
    code: 'ARB442',
    severity: 'warning',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the ${kind} ${name} gathers rules from every role with its labels, in the cluster as well as in the input`,
    help: 'bind the account to a role that lists the rules it needs',
  },
  'newer-chart': {
    code: 'ARB501',
    severity: 'warning',
    message: ({ version, newest }: { version: string; newest: string }) =>
      `chart ${version} is newer than ${newest}, the newest one known, and is taken for that one`,
    help: 'compare the rbac part of its values.yaml with the one known, or update alloy-rbac',
  },
  'unknown-chart': {
    code: 'ARB502',
    severity: 'error',
    message: ({ version, oldest, newest }: { version: string; oldest: string; newest: string }) =>
      `${version} is not a release of the chart grafana/alloy; expected one of ${oldest} to ${newest}`,
    help: 'give a released version with --chart-version',
  },
  'chart-without-rules': {
    code: 'ARB503',
    severity: 'warning',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `chart ${version} has its rules in the template and no extraObjects: its values cannot carry the ${grants} ${grants === 1 ? 'grant' : 'grants'}, and grant nothing`,
    help: 'apply the output of --format manifests beside the release, or use chart 0.11.0 or newer',
  },
  'token-always-mounted': {
    code: 'ARB504',
    severity: 'note',
    message: ({ version }: { version: string }) =>
      `nothing needs the service account's token, which chart ${version} mounts nevertheless`,
    help: 'use chart 0.12.2 or newer, whose values can leave the token out',
  },
  'host-ipc': {
    code: 'ARB505',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'the configuration needs hostIPC, for which no release of the chart has a value',
    help: 'add hostIPC to the pod with a post-renderer',
  },
  'namespace-not-given': {
    code: 'ARB506',
    severity: 'error',
    message: (_: Record<never, never>) => 'the namespace Alloy runs in is not known, and manifests have to name it',
    help: 'give it with --namespace',
  },
  'widened-to-cluster': {
    code: 'ARB507',
    severity: 'note',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `--scope cluster widens ${grants} ${grants === 1 ? 'grant' : 'grants'} of single namespaces to all of them: ${lines.join('; ')}`,
    help: 'leave --scope cluster out to grant them where they are needed alone',
  },
  'widened-by-defaults': {
    code: 'ARB508',
    severity: 'warning',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `a part of the configuration is not known, so the default rules of chart ${version} are granted as well, ${grants} ${grants === 1 ? 'grant' : 'grants'} more`,
    help: 'make the unknown part known, or leave --on-unknown defaults out',
  },
  'own-rules-dropped': {
    code: 'ARB509',
    severity: 'note',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `the values grant ${grants} ${grants === 1 ? 'permission' : 'permissions'} beyond the chart's defaults that the configuration does not need: ${lines.join('; ')}`,
    help: 'keep them with --keep-extra',
  },
  'values-do-not-render': {
    code: 'ARB510',
    severity: 'error',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render these values: ${because}`,
    help: 'correct the values that were handed in',
  },
  'values-make-no-pod': {
    code: 'ARB511',
    severity: 'error',
    message: ({ because }: { because: string }) => `these values make no pod that Kubernetes takes: ${because}`,
    help: 'Correct the values that were handed in.',
  },
  'yaml-syntax': {
    code: 'ARB531',
    severity: 'error',
    message: ({ problem }: { problem: string }) => `this is not YAML: ${problem}`,
  },
  'yaml-duplicate-key': {
    code: 'ARB532',
    severity: 'error',
    message: ({ key }: { key: string }) => `the key ${key} is given twice in one map`,
    help: 'keep one of the two',
  },
  'yaml-limit': {
    code: 'ARB533',
    severity: 'error',
    message: ({ limit }: { limit: string }) => `this YAML is ${limit}`,
  },
  'not-understood': {
    code: 'ARB536',
    severity: 'error',
    message: ({ what }: { what: string }) => `${what} is neither a Kubernetes object nor values of the Alloy chart`,
    help: 'hand in *.alloy files, values of the grafana/alloy chart, or rendered manifests',
  },
  'other-tool': {
    code: 'ARB537',
    severity: 'error',
    message: ({ tool }: { tool: string }) => `this is a configuration of ${tool}, not of Alloy`,
  },
  'empty-folder': {
    code: 'ARB538',
    severity: 'error',
    message: ({ path }: { path: string }) => `the folder ${path} holds neither *.alloy files nor YAML or JSON files`,
  },
  unreadable: {
    code: 'ARB539',
    severity: 'error',
    message: ({ path, why }: { path: string; why: string }) => `${path} cannot be read: ${why}`,
  },
  'configuration-elsewhere': {
    code: 'ARB540',
    severity: 'error',
    message: ({ what, name }: { what: string; name: string }) =>
      `${what}, which holds the configuration of ${name}, is not in the input`,
    help: 'hand in the object as well, or the rendered chart: helm template … | alloy-rbac check -',
  },
  'chart-example': {
    code: 'ARB541',
    severity: 'note',
    message: () => 'no configuration in the values: the chart runs its example, which discovers every kind of object',
    help: 'set alloy.configMap.content, or hand in the *.alloy files beside the values',
  },
  'generated-configuration': {
    code: 'ARB542',
    severity: 'error',
    message: () => 'these values hold no configuration: the k8s-monitoring chart writes it from them',
    help: 'render the chart first: helm template … | alloy-rbac check -',
  },
  'several-charts': {
    code: 'ARB543',
    severity: 'error',
    message: ({ paths }: { paths: string }) => `these values hold the Alloy chart several times: ${paths}`,
    help: 'hand in the *.alloy files with the values of one of them',
  },
  'values-elsewhere': {
    code: 'ARB544',
    severity: 'warning',
    message: ({ what }: { what: string }) => `${what} may change these values and is not in the input`,
    help: 'hand in the rendered chart: helm template … | alloy-rbac check -',
  },
  'chart-template': {
    code: 'ARB545',
    severity: 'warning',
    message: ({ path }: { path: string }) => `${path} is a template of a chart and was not read`,
    help: 'render the chart and hand in the result',
  },
  'chart-disabled': {
    code: 'ARB546',
    severity: 'note',
    message: ({ path }: { path: string }) => `${path}.enabled is false: this Alloy was not read`,
  },
  'content-type': {
    code: 'ARB547',
    severity: 'error',
    message: ({ path }: { path: string }) => `${path} is not text, expected a string that holds the configuration`,
    help: 'write the configuration as a block: content: |',
  },
  'stability-level': {
    code: 'ARB548',
    severity: 'warning',
    message: ({ level }: { level: string }) =>
      `${level} is no stability level, expected one of experimental, public-preview, generally-available`,
  },
  'no-alloy': {
    code: 'ARB549',
    severity: 'error',
    message: () => 'the input holds no Alloy configuration and no workload that runs Alloy',
  },
  'no-such-workload': {
    code: 'ARB561',
    severity: 'error',
    message: ({ workload, names }: { workload: string; names: string }) =>
      `the input holds no workload ${workload}; it holds ${names}`,
    help: 'name one of them with --workload',
  },
  'several-workloads': {
    code: 'ARB562',
    severity: 'error',
    message: ({ names }: { names: string }) => `the input holds several configurations: ${names}`,
    help: 'name one of them with --workload',
  },
  'pod-security': {
    code: 'ARB563',
    severity: 'note',
    message: ({ level, lists }: { level: string; lists: readonly string[] }) =>
      `the strictest Pod Security Standard that admits the pod is ${level}; ${lists.join('; ')}`,
  },
  'instance-of-its-own': {
    code: 'ARB564',
    severity: 'note',
    message: ({ components, level, grants }: { components: readonly string[]; level: string; grants: number }) =>
      `without ${components.join(', ')} the pod would be admitted by the standard ${level}, and ${grants} ${grants === 1 ? 'grant' : 'grants'} would stand apart from what reaches the node`,
    help: 'run them in an instance of its own, with the components that take their data',
  },
  'low-port': {
    code: 'ARB565',
    severity: 'note',
    message: ({ port, component }: { port: string; component: string }) =>
      `${component} listens on ${port}, so the container runs as root with NET_BIND_SERVICE`,
    help: 'listen on a port of 1024 or above, which alloy.extraPorts can map; or lower net.ipv4.ip_unprivileged_port_start, a safe sysctl, with global.podSecurityContext.sysctls; either spares root',
  },
  'autopilot-refuses': {
    code: 'ARB566',
    severity: 'warning',
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
  'autopilot-admits': {
    code: 'ARB567',
    severity: 'note',
    message: (_: Record<never, never>) => 'GKE Autopilot refuses nothing of this pod',
  },
  'selinux-type': {
    code: 'ARB568',
    severity: 'note',
    message: ({ type }: { type: string }) =>
      `the type that SELinux gives to containers cannot reach what this pod needs of the node, so its constraints give it ${type}; that was not tried on a cluster`,
    help: 'try it on one node; where the policy of the nodes has a narrower type, name that one in seLinuxContext',
  },
  listens: {
    code: 'ARB569',
    severity: 'note',
    message: ({ ports, port, clustered }: { ports: readonly string[]; port: number; clustered: boolean }) =>
      `the NetworkPolicy admits ${ports.length === 0 ? 'nothing for components' : ports.join(', ')}, and ${clustered ? `the members of the cluster to Alloy's HTTP server on ${port}` : `nobody to Alloy's HTTP server on ${port}, which nothing in the configuration needs from other pods`}`,
    help: 'add what scrapes the metrics of Alloy itself, if anything does; alloy.listenAddr 127.0.0.1 would close the server too, but the readiness probe of the chart then fails',
  },
  'probe-cannot-reach': {
    code: 'ARB570',
    severity: 'warning',
    message: ({ address }: { address: string }) =>
      `alloy.listenAddr is ${address}, where the readiness probe of the chart cannot reach Alloy, so no pod becomes ready`,
    help: 'leave it at 0.0.0.0 and close the server with --network-policy; from chart 1.2.1 on alloy.enableHttpServerPort: false leaves the probe out',
  },
  'policy-on-host-network': {
    code: 'ARB571',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'the pod is on the network of the host, where most network plugins ignore a NetworkPolicy',
    help: 'close the ports with the firewall of the node',
  },
  'objects-not-carried': {
    code: 'ARB572',
    severity: 'warning',
    message: ({ version, kinds }: { version: string; kinds: readonly string[] }) =>
      `chart ${version} has no extraObjects, so its values cannot carry ${kinds.join(' and ')}`,
    help: 'use --format manifests, or chart 0.11.0 or newer',
  },
  'policies-add-up': {
    code: 'ARB573',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'networkPolicy.enabled is on, and what the policy of the chart admits is admitted whatever this one says',
    help: 'switch networkPolicy.enabled off',
  },
  'secret-repeated': {
    code: 'ARB574',
    severity: 'warning',
    message: ({ names }: { names: readonly string[] }) =>
      `the document repeats the Secret ${names.join(', ')} of extraObjects with its data: Helm replaces lists, so what is left out would be gone`,
    help: 'keep the document as secret as the values, or take the Secret out of extraObjects',
  },
  'link-not-followed': {
    code: 'ARB575',
    severity: 'note',
    message: ({ path }: { path: string }) => `${path} is a link that leaves the folder of the input, and was not read`,
    help: 'follow it with --allow-outside',
  },
} as const satisfies Record<string, Entry>

/** The name of a diagnostic. */
export type Name = keyof typeof catalog
/** A code of the catalog. */
export type Code = (typeof catalog)[Name]['code']
/** What the message of a diagnostic is made from. */
export type Args<N extends Name> = Parameters<(typeof catalog)[N]['message']>[0]

const names = new Map((Object.keys(catalog) as Name[]).map(name => [catalog[name].code as string, name]))

/** Every code of the catalog, in order. */
export const codes = [...names.keys()].sort() as readonly Code[]

/** Says whether a text is a code of the catalog. */
export const isCode = (text: string): text is Code => names.has(text)

/** What the catalog holds of a code, with the name that it stands under. */
export function entryOf(code: Code): Entry & { readonly name: Name } {
  const name = names.get(code) as Name
  return { name, ...catalog[name] }
}
