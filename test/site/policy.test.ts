import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { site } from './pages.ts'

const directives = (page: string): ReadonlyMap<string, readonly string[]> => {
  const [, policy = ''] = page.match(/http-equiv="Content-Security-Policy"\s+content="([^"]*)"/) ?? []
  return new Map(
    policy
      .split(';')
      .map(each => each.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name, values]),
  )
}

describe('site/policy', it => {
  it('the page has three files, and asks for no other', () => {
    assert.equal(readdirSync(site()).sort(), ['index.html', 'playground.css', 'playground.js'])
    const page = readFileSync(`${site()}/index.html`, 'utf8')
    const asked = [...page.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
    assert.equal(asked, ['data:,', 'playground.css', 'playground.js'])
    assert.not.match(readFileSync(`${site()}/playground.css`, 'utf8'), /url\(|@import/)
  })
  it('its policy forbids every connection, and every script but its own', () => {
    const policy = directives(readFileSync(`${site()}/index.html`, 'utf8'))
    assert.equal(policy.get('default-src'), ["'none'"])
    assert.equal(policy.get('connect-src'), ["'none'"])
    assert.equal(policy.get('form-action'), ["'none'"])
    assert.equal(policy.get('base-uri'), ["'none'"])
    assert.equal(policy.get('script-src'), ["'self'"])
    assert.equal(policy.get('img-src'), ['data:'])
  })
})
