import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'

/** The grants of Secrets that are printed for a configuration, and the codes of what is said of it. */
async function printed(names: readonly string[], format = 'values') {
  const config = names.map((name, at) => {
    const written = JSON.stringify(name).replaceAll(
      /[\u0080-\uffff]/g,
      sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    return `remote.kubernetes.secret "s${at}" {\n  namespace = "shop"\n  name      = ${written}\n}\n`
  })
  const { code, stdout, stderr } = await command(
    ['generate', 'config.alloy', '--only', 'rbac', '--namespace', 'obs', '--format', format],
    { 'config.alloy': config.join('') },
  )
  assert.is(code, 0, stderr)
  return { stdout, codes: [...stderr.matchAll(/\[(ARB57[89])\]/g)].map(([, found]) => found) }
}

/** Every name of an object that rules of the values list, wherever these are. */
const secretsIn = (text: string): readonly string[] => {
  const found: string[] = []
  JSON.stringify(parse(text), (key, value: unknown) => {
    if (key === 'resourceNames') found.push(...(value as readonly string[]))
    return value
  })
  return [...new Set(found)]
}

describe('a name that Helm cannot pass on', it => {
  for (const sign of ['\u007f', '\u0080', '\u0085', '\u009f', '\u2028', '\u2029', '\ufffe', '\uffff']) {
    it(`takes nothing along: ${JSON.stringify(sign)}`, async () => {
      const { stdout, codes } = await printed(['good', `bad${sign}`])
      assert.equal([secretsIn(stdout), codes], [['good'], ['ARB578']])
    })
  }
  for (const sign of ['\u00a0', '\ufdd0', '\ufffd', '\ue000', '\u202e', '\ufeff', '\t', '\u0001']) {
    it(`is none that holds ${JSON.stringify(sign)}`, async () => {
      const { stdout, codes } = await printed(['good', `bad${sign}`])
      assert.equal([secretsIn(stdout).length, codes], [2, []])
    })
  }
  it('is granted by manifests, which Helm does not read', async () => {
    assert.match((await printed(['bad\u007f'], 'manifests')).stdout, /bad\\u007f|bad\\x7f/)
  })
})
