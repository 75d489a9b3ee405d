import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPage, type Network } from './fetch-page.ts'
import { isPublicAddress } from './public-address.ts'

const HOSTS = ['wiki.example']
const signal = new AbortController().signal
const asked: string[] = []
const pages: Record<string, [status: number, headers: Record<string, string>, body: string]> = {
  '/olthoi': [
    200,
    { 'content-type': 'text/html; charset=utf-8' },
    '<title>Olthoi</title><script>steal()</script><h1>Olthoi</h1><p>They <a href="http://evil.example">dig</a>.</p>',
  ],
  '/long': [200, { 'content-type': 'text/plain' }, 'x'.repeat(3_000_000)],
  '/moved': [302, { location: '/olthoi' }, ''],
  '/away': [302, { location: 'http://evil.example/' }, ''],
  '/inside': [302, { location: 'http://169.254.169.254/latest/meta-data' }, ''],
  '/round': [302, { location: '/round' }, ''],
  '/nowhere': [302, { location: 'http://[' }, ''],
  '/part': [200, { 'content-type': 'text/plain', 'content-length': '1000' }, 'a part'],
  '/picture': [200, { 'content-type': 'image/png' }, 'png'],
  '/gone': [404, { 'content-type': 'text/html' }, 'no'],
}
let server: http.Server
let network: Network
beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`)
    const [status, headers, body] = pages[request.url ?? ''] ?? [500, {}, '']
    response.writeHead(status, headers)
    if ('content-length' in headers) response.write(body, () => response.destroy())
    else response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  // The test's server is the public internet.
  network = { lookup: () => Promise.resolve(['127.0.0.1']), isPublic: (address) => address === '127.0.0.1', port }
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const read = (address: string, own: Partial<Network> = {}) => fetchPage(address, HOSTS, signal, { ...network, ...own })

describe('a page of the web', () => {
  it('is read as text, without scripts, also after a redirect within the list', async () => {
    const page = { url: 'http://wiki.example/olthoi', title: 'Olthoi', truncated: false }
    expect(await read('http://wiki.example/olthoi')).toMatchObject(page)
    const { text } = await read('http://en.wiki.example/moved')
    expect(text).toMatch(/They dig\./)
    expect(text).not.toMatch(/steal|evil/)
  })

  it('is cut off where it is long', async () => {
    expect(await read('http://wiki.example/long')).toMatchObject({ truncated: true, text: 'x'.repeat(20_000) })
  })

  it.each([
    ['http://evil.example/olthoi', 'Only pages of'],
    ['http://wiki.example.evil.example/', 'Only pages of'],
    ['http://notwiki.example/', 'Only pages of'],
    ['http://127.0.0.1/', 'Only pages of'],
    ['http://[::1]/', 'Only pages of'],
    ['http://0x7f000001/', 'Only pages of'],
    ['http://wiki.example:22/', 'without port'],
    ['http://a:b@wiki.example/', 'password'],
    ['file:///etc/passwd', 'Only http'],
    ['gopher://wiki.example/', 'Only http'],
    ['no address', 'no address'],
    ['http://wiki.example/away', 'Only pages of'],
    ['http://wiki.example/inside', 'Only pages of'],
    ['http://wiki.example/round', 'redirects too often'],
    ['http://wiki.example/nowhere', 'no address'],
    ['http://wiki.example/part', 'broke off'],
    ['http://wiki.example/picture', 'neither HTML nor text'],
    ['http://wiki.example/gone', 'status 404'],
  ])('%s is not read: %s', async (address, why) => {
    const before = asked.filter((line) => !line.startsWith('wiki.example')).length
    await expect(read(address)).rejects.toThrow(why)
    expect(asked.filter((line) => !line.startsWith('wiki.example')).length).toBe(before)
  })

  it.each([
    ['a private address', ['10.0.0.1']],
    ['one private address among public ones', ['127.0.0.1', '192.168.0.1']],
    ['none', []],
  ])('is not read when its name resolves to %s', async (_, addresses) => {
    const before = asked.length
    await expect(read('http://wiki.example/olthoi', { lookup: () => Promise.resolve(addresses) })).rejects.toThrow(
      'not on the public internet',
    )
    expect(asked.length).toBe(before)
  })
})

it('public addresses are those of the internet, and no others however they are written', () => {
  for (const address of ['8.8.8.8', '2606:4700::1111']) expect(isPublicAddress(address)).toBe(true)
  const others = [
    '10.0.0.1',
    '127.0.0.1',
    '::1',
    '::ffff:10.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    'fd00::1',
    '0.0.0.0',
  ]
  for (const address of [...others, '64:ff9b::a00:1', '224.0.0.1', '192.0.2.1', '2002:7f00:1::', 'fe80::1', 'x', ''])
    expect(isPublicAddress(address)).toBe(false)
})
