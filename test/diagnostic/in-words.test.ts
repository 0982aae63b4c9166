import * as assert from 'uvu/assert'
import { grantsInWords } from '../../src/diagnostic/grants-in-words.ts'
import { privilegesInWords } from '../../src/diagnostic/privileges-in-words.ts'
import { describe } from '../harness.ts'

const grants: readonly (readonly [title: string, lines: string, words: string])[] = [
  ['verbs come first', 'cluster secrets get,list', 'get, list on secrets cluster-wide'],
  ['a namespace is named', 'shop pods/log get', 'get on pods/log in namespace shop'],
  ['the own namespace is that of Alloy', '. configmaps[state] get', "get on configmaps[state] in Alloy's namespace"],
  ['a URL says that it is one', 'url /metrics get', 'get on /metrics (URL)'],
  ['an assumed grant says so', 'cluster pods list assumed', 'list on pods cluster-wide (assumed)'],
  [
    'resources with the same verbs and place are joined',
    'cluster pods get · cluster services get · shop pods get',
    'get on pods, services cluster-wide; get on pods in namespace shop',
  ],
  ['the rest is counted', 'cluster pods get and 3 more', 'get on pods cluster-wide, and 3 more'],
  ['a name may hold blanks', 'shop secrets[a b] get', 'get on secrets[a b] in namespace shop'],
  ['what is not a grant line stays', 'nothing', 'nothing'],
]

const privileges: readonly (readonly [title: string, lines: string, words: string])[] = [
  ['two settings', 'pod root · pod privilegeEscalation', 'runs as root and may escalate privileges'],
  [
    'capabilities are joined',
    'capability NET_RAW · pod hostPID · capability SYS_PTRACE',
    'has the capabilities NET_RAW, SYS_PTRACE and uses hostPID',
  ],
  ['one capability', 'capability NET_RAW', 'has the capability NET_RAW'],
  [
    'three phrases',
    'mount /var/log ro · writable /tmp/alloy · pod writableRootFilesystem',
    'mounts /var/log read-only, can write to /tmp/alloy, and has a writable root file system',
  ],
  [
    'the defaults of the runtime',
    'the default capabilities of the container runtime',
    'has the default capabilities of the container runtime',
  ],
  ['a group', 'group 473', 'has group 473'],
]

describe('grants in words', it => {
  for (const [title, lines, words] of grants) it(title, () => assert.is(grantsInWords(lines), words))
})

describe('privileges in words', it => {
  for (const [title, lines, words] of privileges) it(title, () => assert.is(privilegesInWords(lines), words))
})
