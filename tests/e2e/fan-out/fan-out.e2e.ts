import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { until } from '../../../shared/testing/until.ts'

interface Update {
  data: { telemetryChanged: { kills: number; character: { name: string } } }
  extensions: { stream: string; seq: number; now?: true; skipped?: number }
}

/** A client of graphql-ws by hand, so that ids, cursors and slowness are ours. */
class Reader {
  readonly updates: Update[] = []
  completed = false
  readonly socket: WebSocket
  constructor(url: string, token: string, subscribe: object) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    this.socket.on('open', () => this.socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })))
    this.socket.on('message', (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString()) as { type: string; payload: Update }
      if (message.type === 'connection_ack')
        this.socket.send(JSON.stringify({ id: 'one', type: 'subscribe', payload: subscribe }))
      if (message.type === 'next') this.updates.push(message.payload)
      if (message.type === 'complete') this.completed = true
    })
  }
  get kills() {
    return this.updates.map(({ data }) => data.telemetryChanged.kills)
  }
  [Symbol.dispose]() {
    this.socket.terminate()
  }
}

describe('a subscription that many read', () => {
  let overlord: TestOverlord
  let plugin: TestPlugin
  const open: Reader[] = []
  const query = 'subscription { telemetryChanged(characters: ["Larsson"]) { kills character { name } } }'
  const read = (subscribe: object = { query }) => {
    const reader = new Reader(overlord.url, overlord.token, subscribe)
    open.push(reader)
    return reader
  }
  let kills = 0
  const kill = (note = '') =>
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: ++kills, vt_state: note })

  beforeAll(async () => {
    overlord = await startOverlord()
    await knownCharacter(overlord, 'Larsson')
    plugin = await overlord.plugin('Larsson')
  })
  afterEach(() => open.splice(0).forEach((reader) => reader[Symbol.dispose]()))
  afterAll(async () => {
    await plugin[Symbol.asyncDispose]()
    await overlord[Symbol.asyncDispose]()
  })

  it('[SUB1] starts with the snapshot, in order, for every reader; all read one stream', async () => {
    kill()
    const first = read()
    await until('an update of the first reader', () => first.updates.length === 1)
    kill()
    await until('the change', () => first.kills.includes(kills))
    const blanks = read({ query: query.replaceAll(' {', '\n  {'), variables: {} })
    await until('an update of the second reader', () => blanks.updates.length === 1)
    expect(blanks.kills).toEqual([kills])
    expect(blanks.updates[0]!.extensions.now).toBe(true)
    for (let i = 0; i < 50; i++) kill()
    for (const reader of [first, blanks]) await until('all changes', () => reader.kills.at(-1) === kills)
    expect(blanks.kills.slice(1)).toEqual(first.kills.slice(-50))
    const places = (reader: Reader) => reader.updates.slice(-50).map(({ extensions }) => extensions)
    expect(places(first)).toEqual(places(blanks))
  })

  it('[SUB2] misses nothing and hears nothing twice when it begins in the middle of many changes', async () => {
    const first = read()
    await until('an update of the first reader', () => first.updates.length > 0)
    const late: Reader[] = []
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 20; i++) kill()
      late.push(read())
      await until('some of it to arrive', () => first.kills.at(-1)! > kills - 10)
    }
    kill()
    for (const reader of late) {
      await until('the last', () => reader.kills.at(-1) === kills)
      const from = reader.kills[0]!
      expect(reader.kills).toEqual(Array.from({ length: kills - from + 1 }, (_, i) => from + i))
    }
  })

  it('[SUB3] goes on where it broke off, if that is not long ago', async () => {
    const before = read()
    await until('the snapshot', () => before.updates.length > 0)
    kill()
    await until('the change', () => before.kills.at(-1) === kills)
    const { stream, seq } = before.updates.at(-1)!.extensions
    before.socket.terminate()
    const missed = [kills + 1, kills + 2]
    kill()
    kill()
    const after = read({ query, extensions: { resume: { stream, seq } } })
    await until('what it missed', () => after.kills.includes(missed[1]!))
    expect(after.kills).toEqual(missed)
    const unknown = read({ query, extensions: { resume: { stream: 'another', seq: 3 } } })
    await until('the snapshot', () => unknown.updates.length > 0)
    expect(unknown.updates[0]!.extensions.now).toBe(true)
  })

  it('[SUB4] skips what a slow reader cannot take, reports it and sends a snapshot; others lose nothing', async () => {
    kill()
    const slow = read()
    const fast = read()
    await until('an update of each reader', () => slow.updates.length > 0 && fast.updates.length > 0)
    slow.socket.pause()
    const begun = kills
    const wide = read({
      query: query.replace('kills', `kills ${Array.from({ length: 99 }, (_, i) => `a${i}: state`).join(' ')}`),
    })
    await until('an update of the wide reader', () => wide.updates.length > 0)
    wide.socket.pause()
    // Every event is some 7 KB for the wide reader: more than its socket and the system's buffers hold.
    for (let round = 0; round < 60; round++) {
      for (let i = 0; i < 50; i++) kill('x'.repeat(60))
      await until('the fast one to follow', () => fast.kills.at(-1) === kills)
    }
    wide.socket.resume()
    slow.socket.resume()
    await until('all to stand alike', () => [slow, wide].every((reader) => reader.kills.at(-1) === kills))
    expect(fast.kills.slice(-3000)).toEqual(Array.from({ length: 3000 }, (_, i) => begun + 1 + i))
    const skipped = wide.updates.reduce((sum, { extensions }) => sum + (extensions.skipped ?? 0), 0)
    expect(skipped).toBeGreaterThan(100)
    const changes = wide.updates.filter(
      ({ extensions, data }) => !extensions.now && data.telemetryChanged.kills > begun,
    )
    expect(changes.length + skipped).toBeGreaterThanOrEqual(3000)
    const numbers = wide.kills
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers)
  })

  it('[SUB5] ends for the reader that unsubscribes, and for no other', async () => {
    const one = read()
    const two = read()
    await until('an update of each reader', () => one.updates.length > 0 && two.updates.length > 0)
    one.socket.send(JSON.stringify({ id: 'one', type: 'complete' }))
    kill()
    await until('the other to follow', () => two.kills.at(-1) === kills)
    expect(one.kills.at(-1)).toBeLessThan(kills)
  })

  it('[SUB6] in lists holds every frame in order; coalesced, the newest of each character', async () => {
    const lists = overlord.feed<{ kills: number }[]>(
      'subscription { telemetryBatches(characters: ["Larsson"], everyMs: 30) { kills } }',
      'telemetryBatches',
    )
    const newest = overlord.feed<{ kills: number }>(
      'subscription { telemetryChanged(characters: ["Larsson"], everyMs: 100) { kills } }',
      'telemetryChanged',
    )
    await lists.find(() => true)
    await newest.find(() => true)
    const begun = kills
    for (let i = 0; i < 200; i++) kill()
    await lists.find((list) => list.at(-1)?.kills === kills)
    await newest.find((row) => row.kills === kills)
    const all = lists.seen
      .slice(1)
      .flat()
      .map((row) => row.kills)
    expect(all).toEqual(Array.from({ length: 200 }, (_, i) => begun + 1 + i))
    expect(newest.seen.length).toBeLessThan(50)
  })
})
