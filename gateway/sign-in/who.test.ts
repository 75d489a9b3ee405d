import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { People } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Origins } from './origin.ts'
import { identify, identifyBesideGraph, viewerNow } from './who.ts'

const aViewer = (name: string) => ({ name }) as Viewer
/** Knows the token `secret`, the session `new`, and by its former name `old` only where that is allowed. */
const people = {
  viewerOfToken: (secret: string) => Promise.resolve(secret === 'secret' ? aViewer('a program') : null),
  viewerOfSession: (session: string, mayBeOld = false) =>
    Promise.resolve(session === 'new' || (mayBeOld && session === 'old') ? aViewer('a person') : null),
} as unknown as People
const origins: Origins = { publicUrl: undefined, trustProxy: false, allowed: [], hosts: [] }
const request = (headers: Record<string, string>) => ({ headers: { host: 'here', ...headers } }) as IncomingMessage

const person = { viewer: aViewer('a person') }
const program = { viewer: aViewer('a program') }
const signedIn = { cookie: 'sid=new' }

describe('who asks', () => {
  it.each([
    ['a bearer token', { authorization: 'Bearer secret' }, program],
    ['the scheme in any case', { authorization: 'bEARER secret' }, program],
    ['blanks around the token', { authorization: 'Bearer  secret ' }, program],
    ['a token that is not known', { authorization: 'Bearer wrong' }, { refused: 'BAD_TOKEN' }],
    ['another scheme', { authorization: 'Basic secret' }, { refused: 'BAD_TOKEN' }],
    ['a scheme that only ends like ours', { authorization: 'xBearer secret' }, { refused: 'BAD_TOKEN' }],
    ['no scheme', { authorization: 'secret' }, { refused: 'BAD_TOKEN' }],
    ['a wrong token beside a session', { authorization: 'Bearer wrong', ...signedIn }, { refused: 'BAD_TOKEN' }],
    ['a token beside a session', { authorization: 'Bearer secret', ...signedIn }, program],
    ['a token from a foreign page', { authorization: 'Bearer secret', origin: 'http://evil' }, program],
    ['a session', signedIn, person],
    ['a session from our own page', { origin: 'http://here', ...signedIn }, person],
    ['a session from a foreign page', { origin: 'http://evil', ...signedIn }, { refused: 'FOREIGN_ORIGIN' }],
    ['a session by a former name', { cookie: 'sid=old' }, { refused: 'UNAUTHENTICATED' }],
    ['a session that is not known', { cookie: 'sid=x' }, { refused: 'UNAUTHENTICATED' }],
    ['a session beside one that somebody planted', { cookie: 'sid=planted; sid=new' }, person],
    ['nothing', {}, { refused: 'UNAUTHENTICATED' }],
  ])('is found by %s', async (_, headers, who) => {
    expect(await identify(request(headers), people, origins)).toEqual(who)
  })

  it.each([
    ['secret', program],
    ['wrong', { refused: 'BAD_TOKEN' }],
    ['', { refused: 'BAD_TOKEN' }],
    [null, { refused: 'BAD_TOKEN' }],
    [7, { refused: 'BAD_TOKEN' }],
    [undefined, person],
  ])('is found by the token of a WebSocket before its headers: %j', async (token, who) => {
    expect(await identify(request(signedIn), people, origins, token)).toEqual(who)
  })

  it('is the visitor of a shared view at the graph alone, and unknown links are slowed by address', async () => {
    let tries = 0
    const visitor = { viewer: { name: 'a visitor', only: 'share' } as Viewer }
    const withLinks = {
      viewerOfToken: (secret: string) => Promise.resolve(secret === 'ovl_view_right' ? visitor.viewer : null),
      loginThrottle: {
        waitFor: (key: string) => Promise.resolve(key === 'link 1.2.3.4' && tries >= 3 ? 60 : 0),
        take: () => Promise.resolve(tries++ && 0),
      },
    } as unknown as People
    const from = { socket: { remoteAddress: '1.2.3.4' } }
    const ask = (secret: string) =>
      identify({ ...request({ authorization: `Bearer ${secret}` }), ...from } as IncomingMessage, withLinks, origins)
    expect(await ask('ovl_view_right')).toEqual(visitor)
    for (let n = 0; n < 3; n++) expect(await ask('ovl_view_wrong')).toEqual({ refused: 'LINK_ENDED' })
    for (const secret of ['ovl_view_wrong', 'ovl_view_right'])
      expect(await ask(secret)).toEqual({ refused: 'TOO_MANY_TRIES', waitS: 60 })
    // What is open already stays: it is only looked up.
    const open = { ...request({}), ...from } as IncomingMessage
    expect(await viewerNow(open, withLinks, origins, 'ovl_view_right')).toEqual(visitor.viewer)
    expect(tries).toBe(3)
    expect(await identifyBesideGraph(request({}), withLinks, origins, 'ovl_view_right')).toEqual({
      refused: 'BAD_TOKEN',
    })
  })

  it('is the assistant’s own process at the graph alone: beside it its token is refused', async () => {
    const agent = { viewer: { name: 'the assistant', only: 'agent' } as Viewer }
    const withAgent = {
      ...people,
      viewerOfToken: (secret: string) =>
        secret === 'agent' ? Promise.resolve(agent.viewer) : people.viewerOfToken(secret),
    }
    const own = request({ authorization: 'Bearer agent' })
    expect(await identify(own, withAgent, origins)).toEqual(agent)
    expect(await viewerNow(own, withAgent, origins)).toEqual(agent.viewer)
    expect(await identifyBesideGraph(own, withAgent, origins)).toEqual({ refused: 'BAD_TOKEN' })
    expect(await identifyBesideGraph(request({}), withAgent, origins, 'agent')).toEqual({ refused: 'BAD_TOKEN' })
    expect(await identifyBesideGraph(request({ authorization: 'Bearer secret' }), withAgent, origins)).toEqual(program)
    expect(await identifyBesideGraph(request(signedIn), withAgent, origins)).toEqual(person)
    expect(await identifyBesideGraph(request({}), withAgent, origins)).toEqual({ refused: 'UNAUTHENTICATED' })
  })

  it('is looked up by the cookie of HTTPS alone where the visitor came by HTTPS', async () => {
    const secure = { ...origins, publicUrl: 'https://here' }
    expect(await identify(request(signedIn), people, secure)).toEqual({ refused: 'UNAUTHENTICATED' })
    expect(await identify(request({ cookie: '__Host-sid=new' }), people, secure)).toEqual(person)
  })
})

describe('who a connection that is open belongs to', () => {
  it.each([
    [{ cookie: 'sid=new' }, undefined, person.viewer],
    [{ cookie: 'sid=old' }, undefined, person.viewer],
    [{ cookie: 'sid=x' }, undefined, null],
    [{}, 'secret', program.viewer],
    [{}, 'wrong', null],
  ])('%j with the token %j', async (headers, token, viewer) => {
    expect(await viewerNow(request(headers as Record<string, string>), people, origins, token)).toEqual(viewer)
  })
})
