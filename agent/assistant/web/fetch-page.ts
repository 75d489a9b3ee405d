// A page of the web as text, of hosts on a list only. Redirects are followed by hand, so that each address is checked.
import { lookup as lookUp } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const MAX_BYTES = 1_048_576
const MAX_TEXT = 20_000
const MAX_REDIRECTS = 3
const DEADLINE_MS = 10_000

/** A page that cannot be read; the message is for the caller. */
export class PageFault extends Error {}

export interface Page {
  url: string
  title: string
  /** At most 20,000 characters. */
  text: string
  truncated: boolean
}

/** How names and addresses are treated; tests put their own in place of the internet. */
export interface Network {
  lookup: (host: string) => Promise<readonly string[]>
  isPublic: (address: string) => boolean
  /** Instead of 80 and 443. */
  port?: number
}

const internet: Network = {
  lookup: async (host) => (await lookUp(host, { all: true })).map(({ address }) => address),
  isPublic: isPublicAddress,
}

/**
 * Reads a page as text.
 * @param hosts that may be read, with all names below them
 * @throws PageFault when it may not or cannot be read
 */
export async function fetchPage(
  address: string,
  hosts: readonly string[],
  signal: AbortSignal,
  network: Network = internet,
): Promise<Page> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)])
  let url = checked(address, hosts)
  for (let redirects = 0; ; redirects++) {
    const response = await request(url, until, network).catch((error: unknown) => {
      signal.throwIfAborted()
      throw error instanceof PageFault ? error : new PageFault(`${url.hostname} could not be reached.`)
    })
    const { statusCode = 0, headers } = response
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy()
      if (redirects >= MAX_REDIRECTS) throw new PageFault('The page redirects too often.')
      const { location } = headers
      url = checked(URL.canParse(location, url.href) ? new URL(location, url).href : location, hosts)
      continue
    }
    if (statusCode !== 200) {
      response.destroy()
      throw new PageFault(`The page answers with status ${statusCode}.`)
    }
    if (!/^text\/(html|plain)\b/i.test(headers['content-type'] ?? '')) {
      response.destroy()
      throw new PageFault('The page is neither HTML nor text.')
    }
    return await pageOf(url, await bodyOf(response), /^text\/html/i.test(headers['content-type'] ?? ''))
  }
}

/** The address, if it may be read. */
function checked(address: string, hosts: readonly string[]): URL {
  if (!URL.canParse(address)) throw new PageFault('This is no address.')
  const url = new URL(address)
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password || url.port)
    throw new PageFault('Only http and https addresses without port and password are read.')
  if (!hosts.some((one) => host === one || host.endsWith(`.${one}`)))
    throw new PageFault(`Only pages of ${hosts.join(', ')} may be read.`)
  return url
}

function request(url: URL, signal: AbortSignal, { lookup, isPublic, port }: Network): Promise<http.IncomingMessage> {
  // The connection goes to the very address that was checked: a name may resolve to another one a moment later.
  const resolve: LookupFunction = (host, options, callback) => {
    lookup(host).then(
      (addresses) => {
        const [first] = addresses
        if (first === undefined || !addresses.every(isPublic))
          return callback(new PageFault(`${host} is not on the public internet.`), '', 4)
        const family = first.includes(':') ? 6 : 4
        if (options.all) callback(null, [{ address: first, family }])
        else callback(null, first, family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    )
  }
  const client = url.protocol === 'https:' ? https : http
  return new Promise((fulfil, reject) => {
    client
      .get(
        url,
        {
          lookup: resolve,
          signal,
          agent: false,
          headers: { accept: 'text/html, text/plain', 'user-agent': 'Overlord assistant' },
          ...(port !== undefined && { port }),
        },
        fulfil,
      )
      .on('error', reject)
  })
}

/** Up to a megabyte of it; the rest is not read. @throws PageFault */
async function bodyOf(response: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece)
      if ((bytes += piece.length) > MAX_BYTES) break
    }
  } catch {
    throw new PageFault('The page broke off, or took too long.')
  } finally {
    response.destroy()
  }
  return Buffer.concat(pieces).subarray(0, MAX_BYTES).toString('utf8')
}

async function pageOf(url: URL, body: string, isHtml: boolean): Promise<Page> {
  const { convert } = await import('html-to-text') // only where pages are read
  const title = /<title[^>]*>([^<]{0,300})/i.exec(body)?.[1]?.trim() ?? ''
  const text = isHtml
    ? convert(body, {
        wordwrap: false,
        limits: { maxInputLength: MAX_BYTES, maxDepth: 64 },
        selectors: [
          { selector: 'a', options: { ignoreHref: true } },
          { selector: 'img', format: 'skip' },
          { selector: 'nav', format: 'skip' },
        ],
      })
    : body
  const plain = text.replace(/\n{3,}/g, '\n\n').trim()
  return { url: url.href, title, text: plain.slice(0, MAX_TEXT), truncated: plain.length > MAX_TEXT }
}
