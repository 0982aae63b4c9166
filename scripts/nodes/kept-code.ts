import type { Recipe } from './recipes.ts'

/** What happens to the code that was kept of the command, and whether a start may use it then. */
interface Case {
  readonly title: string
  readonly happens: string
  readonly starts: 'kept' | 'plain'
  readonly flags?: string
  readonly says?: RegExp
}

/** Changes one bit of the file with the code, at a share of its length. */
const flip = (share: string): string =>
  `"$NODE" -e 'const b = fs.readFileSync(process.argv[1]); b[Math.floor(b.length * ${share})] ^= 1; fs.writeFileSync(process.argv[1], b)' "$code"`

const cases: readonly Case[] = [
  { title: 'as it was made', happens: ':', starts: 'kept' },
  { title: 'in an installation that is read-only', happens: 'chmod -R a-w p', starts: 'kept' },
  { title: 'in another place', happens: 'mv p q && mkdir p && mv q/* p', starts: 'kept' },
  { title: 'not at all', happens: 'rm "$code"', starts: 'plain' },
  { title: 'in a folder that a group can write to', happens: 'chmod g+w p/code', starts: 'plain' },
  { title: 'in a folder that anyone can write to', happens: 'chmod o+wt p/code', starts: 'plain' },
  { title: 'in a file that a group can write to', happens: 'chmod g+w "$code"', starts: 'plain' },
  { title: 'behind a link', happens: 'mv "$code" away && ln -s "$PWD/away" "$code"', starts: 'plain' },
  { title: 'in a folder behind a link', happens: 'mv p/code away && ln -s ../away p/code', starts: 'plain' },
  { title: 'as a folder', happens: 'rm "$code" && mkdir "$code"', starts: 'plain' },
  { title: 'as a pipe', happens: 'rm "$code" && mkfifo -m 600 "$code"', starts: 'plain' },
  { title: 'empty', happens: ': >"$code"', starts: 'plain' },
  { title: 'cut off by a byte', happens: 'truncate -s -1 "$code"', starts: 'plain' },
  { title: 'cut off by sixteen bytes', happens: 'truncate -s -16 "$code"', starts: 'plain' },
  { title: 'with bytes after it', happens: 'head -c 16 /dev/zero >>"$code"', starts: 'plain' },
  { title: 'with a wrong bit in its head', happens: flip('0.000005'), starts: 'plain' },
  { title: 'with a wrong bit', happens: flip('0.2'), starts: 'plain' },
  { title: 'with a wrong bit in its copy', happens: flip('0.6'), starts: 'plain' },
  { title: 'with a wrong bit in the script beside it', happens: flip('0.9'), starts: 'plain' },
  { title: 'with line ends translated', happens: 'sed -i "s/$/\\r/" "$code"', starts: 'plain' },
  {
    title: 'of zeros',
    happens: 'size=$(wc -c <"$code"); head -c "$size" /dev/zero >zeros && cat zeros >"$code"',
    starts: 'plain',
  },
  {
    title: 'of something else',
    happens: 'size=$(wc -c <"$code"); head -c "$size" /dev/urandom >noise && cat noise >"$code"',
    starts: 'plain',
  },
  {
    title: 'of a program that has changed since, by no byte in length',
    happens: 'sed -i "s/Grants: /Grants> /" p/bin/core.mjs',
    starts: 'plain',
    says: /# Grants> /,
  },
  // V8 refuses these, and compiles the script.
  { title: 'by other flags of V8', happens: 'rm "$code"; "$NODE" --no-opt p/bin/keep.js', starts: 'kept' },
  { title: 'under other flags of V8', happens: ':', flags: '--stack-size=900', starts: 'kept' },
  { title: 'without the compilers of V8', happens: ':', flags: '--jitless', starts: 'kept' },
  {
    title: 'while others make it and start',
    happens: `for at in 1 2 3; do "$NODE" p/bin/keep.js & "$NODE" p/bin/alloy-rbac.js generate config.alloy >out$at.yaml & done; wait
cmp out1.yaml out2.yaml && cmp out2.yaml out3.yaml || exit 7`,
    starts: 'kept',
  },
]

/** A copy of the program in which code is kept; it prints what it prints without, and says how it started. */
const script = ({ happens, flags = '' }: Case): string => `mkdir p && cp -R "$ROOT/dist/bin" p/bin || exit 4
"$NODE" p/bin/keep.js || exit 5
code=$(echo p/code/*)
${happens}
timeout 30 "$NODE" ${flags} p/bin/alloy-rbac.js generate config.alloy >out.yaml || exit 6
chmod -R u+w p
mv p/code kept
"$NODE" p/bin/alloy-rbac.js generate config.alloy | cmp - out.yaml || exit 8
mv kept p/code
# Where the modules cannot be imported, only a start from kept code succeeds.
sed -i 's|"\\./command\\.mjs"|"./none.mjs"|' p/bin/alloy-rbac.js && grep -q none.mjs p/bin/alloy-rbac.js || exit 9
if "$NODE" ${flags} p/bin/alloy-rbac.js generate config.alloy >again.yaml 2>/dev/null; then echo kept; cmp out.yaml again.yaml; else echo plain; fi
grep '^# Grants' out.yaml`

/** Code that is kept, in every state in which it may be found: the output is right, and a start uses it only where it may. */
export const keptCode: readonly Recipe[] = cases.map(each => ({
  title: each.title,
  script: script(each),
  code: 0,
  says: each.says ?? new RegExp(`^${each.starts}$`, 'm'),
}))
