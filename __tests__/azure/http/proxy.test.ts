import { describe, expect, it } from 'vitest'
import { completeProxies, failedProxy } from '../../../src/azure/http/proxy.ts'

describe('a proxy', () => {
  it.each([
    ['proxy.corp:3128', 'http://proxy.corp:3128'],
    ['10.0.0.1:8080', 'http://10.0.0.1:8080'],
    ['user:p%40ss@proxy.corp:3128', 'http://user:p%40ss@proxy.corp:3128'],
    ['http://proxy.corp:3128', 'http://proxy.corp:3128'],
    ['https://proxy.corp', 'https://proxy.corp'],
    ['http://proxy.corp:3128/', 'http://proxy.corp:3128/'],
    ['http://proxy.corp:3128/proxy.pac?x#y', 'http://proxy.corp:3128'],
    ['http://user:p%40ss@[::1]:3128/path', 'http://user:p%40ss@[::1]:3128'],
    ['http://user@proxy.corp/path', 'http://user@proxy.corp'],
  ])('may be %s', (given, expected) => {
    const env = { HTTPS_PROXY: given, http_proxy: given }
    completeProxies(env)
    expect(env).toEqual({ HTTPS_PROXY: expected, http_proxy: expected })
  })

  it.each([
    'socks5h://proxy.corp:1080',
    ' ',
    'http://proxy.corp :3128',
    '"http://proxy.corp:3128"',
    'http://',
    'http://user:100%25%@proxy.corp:3128',
    'http://user:%FF@proxy.corp:3128',
  ])('cannot be "%s", and the variable is named', (given) => {
    expect(() => completeProxies({ https_proxy: given })).toThrow(
      expect.objectContaining({
        name: 'SettingError',
        variable: 'https_proxy',
        message: expect.stringMatching(/^The variable https_proxy is ".*"; expected the URL of a proxy/),
      }),
    )
  })

  it('is shown without its password', () => {
    expect(() => completeProxies({ HTTPS_PROXY: 'socks5h://u:p@ss@proxy.corp:1080' })).toThrow(
      'The variable HTTPS_PROXY is "socks5h://***@proxy.corp:1080"',
    )
    expect(() => completeProxies({ HTTPS_PROXY: 'http://u:se/cr@et@proxy .corp' })).toThrow(
      'is "http://***@proxy .corp"',
    )
    expect(() => completeProxies({ HTTPS_PROXY: 'u:secret@proxy .corp' })).toThrow('is "***@proxy .corp"')
  })
})

describe('an error of a connection is about the proxy', () => {
  const env = { https_proxy: 'http://proxy.corp:3128' }
  it.each([
    [{ code: 'ENOTFOUND', hostname: 'proxy.corp' }],
    [{ code: 'ECONNREFUSED', address: '10.0.0.1', port: 3128 }],
    [{ message: 'Connect Timeout Error (attempted address: proxy.corp:3128, timeout: 30000ms)' }],
  ])('%j', (error) => {
    expect(failedProxy(error, env)).toBe('https_proxy')
  })

  it.each([
    [{ code: 'ENOTFOUND', hostname: 'management.azure.com' }, env],
    [{ code: 'ECONNREFUSED', address: '10.0.0.1', port: 443 }, env],
    [{ code: 'ECONNREFUSED', address: '10.0.0.2', port: 3128 }, { HTTPS_PROXY: 'http://10.0.0.1:3128' }],
    [{ code: 'ENOTFOUND', hostname: 'proxy.corp' }, {}],
    [{}, env],
  ])('not %j', (error, variables) => {
    expect(failedProxy(error, variables)).toBeUndefined()
  })
})
