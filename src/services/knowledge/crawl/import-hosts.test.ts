import { expect, test } from 'vitest'
import type { Resources } from '../../../resources.ts'
import { checkUrl, isAllowedHost } from './import-hosts.ts'

const allows = (hosts: string[], url: string) => isAllowedHost(hosts, new URL(url))

test('a host is allowed by its name, with its port, or with all below it', () => {
  expect(allows(['docs.example.com'], 'https://DOCS.example.com/a')).toBe(true)
  expect(allows(['docs.example.com'], 'http://docs.example.com:80/')).toBe(true)
  expect(allows(['docs.example.com'], 'https://docs.example.com:8443/')).toBe(false)
  expect(allows(['docs.example.com:8443'], 'https://docs.example.com:8443/')).toBe(true)
  expect(allows(['docs.example.com:8443'], 'https://docs.example.com/')).toBe(false)
  expect(allows(['example.com'], 'https://docs.example.com/')).toBe(false)
  expect(allows(['*.example.com'], 'https://a.b.example.com/')).toBe(true)
  for (const url of ['https://example.com/', 'https://badexample.com/', 'https://example.com.evil.net/'])
    expect(allows(['*.example.com'], url)).toBe(false)
  expect(allows(['[::1]:80', '127.0.0.1'], 'https://[::1]:80/')).toBe(true)
  expect(allows([], 'https://example.com/')).toBe(false)
})

const check = (url: string, hosts = ['docs.example.com']) => checkUrl(url, { config: { IMPORT_HOSTS: hosts } } as unknown as Resources)

test('an address is written in one way', () => {
  expect(check(' https://DOCS.example.com/a/../b?c=d#e ')).toBe('https://docs.example.com/b?c=d')
})

test.each([
  ['ftp://docs.example.com/', /is no address/],
  ['file:///etc/passwd', /is no address/],
  ['docs.example.com', /is no address/],
  [`https://docs.example.com/${'x'.repeat(500)}`, /is no address/],
  ['https://user:pass@docs.example.com/', /holds a password/],
  ['https://other.example.com/', /other\.example\.com is not one of the hosts .*IMPORT_HOSTS/],
])('%.60s is refused', (url, message) => {
  expect(() => check(url)).toThrow(message)
})

test('without a list the error says how to make one', () => {
  expect(() => check('https://docs.example.com/', [])).toThrow('Set IMPORT_HOSTS=docs.example.com')
})
