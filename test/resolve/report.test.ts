import * as assert from 'uvu/assert'
import { analyze } from '../../src/api/analyze.ts'
import { describe } from '../harness.ts'

describe('wrong references', it => {
  it('beyond the first hundred are reported without what may have been meant', () => {
    const config = Array.from(
      { length: 150 },
      (_, at) =>
        `loki.echo "sink_${at}" { }\nloki.process "p${at}" {\n  forward_to = [loki.echo.snik_${at}.receiver]\n}\n`,
    )
    const wrong = analyze({ 'config.alloy': config.join('') }).diagnostics.filter(({ code }) => code === 'ARB104')
    assert.is(wrong.length, 150)
    assert.is(wrong.filter(({ help }) => help?.startsWith('did you mean loki.echo.sink_')).length, 100)
  })
})
