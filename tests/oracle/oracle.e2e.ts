import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Frame, type Simulator } from '../../ingest/simulator/simulator.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { allPages } from './all-pages.ts'
import {
  equipmentDifferences,
  portalDifferences,
  questDifferences,
  spawnDifferences,
  tallyDifferences,
} from './compare-derived.ts'
import { fightDifferences, leavesOfFight, leavesOfTotals } from './compare-fights.ts'
import { HOME_SERVER, itemDifferences } from './compare-items.ts'
import { differences, inFourBytes, momentOf } from './differences.ts'
import { allReceived, openFeeds, PROBE, receivedOf, type Line, type Rare } from './open-feeds.ts'
import { countRows, storedLines } from './tables.ts'

const SEED = Number(process.env['ORACLE_SEED'] ?? 11)
const MINUTES = 6
const NEWER_TYPES = ['never_heard_of', '__proto__', 'constructor']

let overlord: TestOverlord
let play: Simulator
let feeds: Awaited<ReturnType<typeof openFeeds>>
let names: readonly string[]
const truthOf = (name: string) => play.truth.of(name)
const sentBy = (name: string, type: string) => truthOf(name).sent.get(type) ?? 0
const rareKey = (name: string, rare: { name: unknown }, at: string) => `${name}, ${String(rare.name)}, ${at}`
const sentRares = () =>
  play.truth.rares
    .map((rare) => rareKey(rare.character_name!, { name: rare['name'] }, momentOf(rare.timestamp!)))
    .sort()

beforeAll(async () => {
  overlord = await startOverlord({ env: { UNOWNED_TELLS: 'everybody' } })
  feeds = await openFeeds(overlord)
  play = await startSimulator({
    url: overlord.pluginUrl,
    secret: overlord.secret,
    seed: SEED,
    characters: 10,
    pace: 'fast',
    minutes: MINUTES,
    faults: ['cut', 'late', 'garbage', 'duplicate'],
  })
  names = play.characters
  for (const name of names) await play.findRare(undefined, name)
  // A life is more than its newest session only for who fought before and after.
  await until('half of the play', () => play.figures().at > Date.now() - MINUTES * 30_000)
  for (const name of names.slice(0, 7)) await play.relog(name)
  for (const name of names.slice(5)) await play.reload(name)
  await play.done
  await play.settled()
  await allReceived(overlord, feeds)
})
afterAll(async () => {
  await play?.stop()
  await overlord?.[Symbol.asyncDispose]()
})

describe('after a play with broken sockets, late frames, garbage and repetitions', () => {
  it('every planned kind of trouble really happened', () => {
    expect(Object.entries(play.faultsFired).filter(([, times]) => times === 0)).toEqual([])
    expect(play.figures().reconnects).toBeGreaterThan(0)
  })

  it('[TEL1] [VIT1] the place and state of every character are what was sent last', async () => {
    const { data } = await overlord.graph<{ characters: { nodes: Record<string, Record<string, unknown>>[] } }>(
      `query OracleNow($names: [String!]) { characters(where: { names: $names }, first: 500) { nodes {
        name telemetry { clientAt ew ns sessionId kills deaths state tapers raresFound } vitals { clientAt health
        maxHealth healthPercent stamina mana vitae } } } }`,
      { names },
    )
    const sent = names.map((name) => {
      const { telemetry, vitals } = truthOf(name) as { telemetry: Frame; vitals: Frame }
      return [
        name,
        {
          name,
          telemetry: {
            clientAt: momentOf(telemetry.timestamp!),
            ew: inFourBytes(telemetry['ew']),
            ns: inFourBytes(telemetry['ns']),
            sessionId: telemetry['session_id'],
            kills: telemetry['kills'],
            deaths: Number(telemetry['deaths']),
            state: telemetry['vt_state'],
            tapers: Number(telemetry['prismatic_taper_count']),
            raresFound: telemetry['rares_found'],
          },
          vitals: {
            clientAt: momentOf(vitals.timestamp!),
            health: vitals['health_current'],
            maxHealth: vitals['health_max'],
            healthPercent: vitals['health_percentage'],
            stamina: vitals['stamina_current'],
            mana: vitals['mana_current'],
            vitae: vitals['vitae'],
          },
        },
      ] as const
    })
    const answered = data.characters.nodes.map((node) => {
      const telemetry = {
        ...node['telemetry'],
        ew: inFourBytes(node['telemetry']!['ew']),
        ns: inFourBytes(node['telemetry']!['ns']),
      }
      return [String(node['name']), { ...node, telemetry }] as const
    })
    expect(differences(new Map(sent), new Map(answered))).toEqual([])
  })

  it('[TEL2] the way just taken is the last of the places sent in time, in order, without the late ones', async () => {
    for (const name of names) {
      const { data } = await overlord.graph<{ character: { trail: { ew: number; ns: number }[] } }>(
        'query OracleTrail($name: String!) { character(name: $name) { trail(seconds: 3600) { ew ns } } }',
        { name },
      )
      const way = data.character.trail.map(({ ew, ns }) => [inFourBytes(ew), inFourBytes(ns)])
      const inTime = truthOf(name).positions.filter((position) => !position.late)
      // Sent much faster than walked, all but the last two minutes count as late, too.
      expect(way.length).toBeGreaterThan(40)
      expect(way).toEqual(inTime.slice(-way.length).map(({ ew, ns }) => [inFourBytes(ew), inFourBytes(ns)]))
    }
  })

  it('[CHT1] [TIM2] every line was kept, in order, and none is made up', async () => {
    const utterances = await allPages<{ id: string; heardBy: Line[] }>(overlord, {
      list: 'chat',
      whereType: 'ChatWhere',
      select: 'id heardBy { clientAt text color character { name } }',
    })
    expect(new Set(utterances.map(({ id }) => id)).size).toBe(utterances.length)
    const lines = utterances.flatMap(({ heardBy }) => heardBy)
    const sorted = (all: object[]) => all.map((line) => JSON.stringify(line)).sort()
    for (const name of names) {
      const sent = truthOf(name).chat.map((line) => ({
        clientAt: momentOf(line.timestamp!),
        text: line['text'],
        color: line['color'],
      }))
      expect(await storedLines(overlord.dataDir, name)).toEqual(sent)
      const answered = lines.filter((line) => line.character.name === name)
      expect(sorted(answered.map(({ clientAt, text, color }) => ({ clientAt, text, color })))).toEqual(sorted(sent))
    }
  })

  it('[RAR2] every rare is there exactly once, however often it was sent', async () => {
    const rares = await allPages<Rare>(overlord, {
      list: 'rares',
      whereType: 'RareWhere',
      select: 'id name clientAt character { name }',
    })
    const found = rares.filter((rare) => rare.character.name !== PROBE)
    expect(found.map((rare) => rareKey(rare.character.name, rare, rare.clientAt)).sort()).toEqual(sentRares())
  })

  it('[INV1] [INV2] [INV3] [INV4] every character holds exactly the items sent, with all their data', async () => {
    const { compared, found } = await itemDifferences(overlord, play.truth, names)
    expect(found.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(500)
  })

  it('[CMB1] [CMB2] the newest session and the sum of a life are right to the last leaf', async () => {
    const { compared, found } = await fightDifferences(overlord, play.truth, names)
    expect(found.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(100)
    expect(names.some((name) => truthOf(name).fights.size > 1)).toBe(true)
  })

  it('[TLY1] [TLY2] [TLY3] [TLY4] [TLY5] what every session and every life adds up to is what was sent', async () => {
    expect((await tallyDifferences(overlord, play.truth, names)).slice(0, 5)).toEqual([])
  })

  it('[PRT1] every place with a portal is listed once', async () => {
    expect((await portalDifferences(overlord, play.truth, names)).slice(0, 5)).toEqual([])
  })

  it('[SPN1] [SPN2] every cell of the heatmap counts the monsters sent, at each size and of each kind', async () => {
    const { compared, found } = await spawnDifferences(overlord, play.truth, names)
    expect(found.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(50)
  })

  it('[QST1] [QST3] every quest and [EQP1] [EQP2] all equipment is as sent last', async () => {
    expect((await questDifferences(overlord, play.truth, names)).slice(0, 5)).toEqual([])
    expect((await equipmentDifferences(overlord, play.truth, names)).slice(0, 5)).toEqual([])
  })

  it('[SHT1] the newest sheet is kept whole', async () => {
    const { data } = await overlord.graph<{ characters: { nodes: { name: string; sheet: { raw: unknown } }[] } }>(
      `query OracleSheets($names: [String!]) { characters(where: { names: $names }, first: 500) {
        nodes { name sheet { raw } } } }`,
      { names },
    )
    const sent = new Map(names.map((name) => [name, truthOf(name).sheet]))
    expect(differences(sent, new Map(data.characters.nodes.map(({ name, sheet }) => [name, sheet.raw])))).toEqual([])
  })

  it('[FRM6] as many rows are stored as frames were sent, and what was refused is set aside', async () => {
    const rows = await countRows(overlord.dataDir)
    const sent = names.map((name) => {
      const counted = Object.fromEntries(['telemetry', 'vitals', 'chat'].map((type) => [type, sentBy(name, type)]))
      return [name, { ...counted, rares: truthOf(name).rares.length, fights: truthOf(name).fights.size }] as const
    })
    const stored = names.map((name) => [name, rows.byName.get(name)] as const)
    expect(differences(new Map(sent), new Map(stored))).toEqual([])
    const passedOn = feeds.relayed.seen.filter((frame) => NEWER_TYPES.includes(frame.type)).length
    expect(rows.deadLetters + passedOn).toBe(play.faultsFired.garbage)
  })
})

describe('who listened from the beginning', () => {
  it('[TEL3] received every place and every change of vitals, in order', () => {
    for (const name of names) {
      const { positions } = truthOf(name)
      expect(receivedOf(feeds.telemetry, name).map(({ clientAt, ew, ns }) => ({ clientAt, ew, ns }))).toEqual(
        positions.map(({ timestamp, ew, ns }) => ({ clientAt: momentOf(timestamp), ew, ns })),
      )
      expect(receivedOf(feeds.vitals, name).length).toBe(sentBy(name, 'vitals'))
      const moments = receivedOf(feeds.vitals, name).map((fare) => fare.clientAt)
      expect(moments).toEqual([...moments].sort())
    }
  })

  it('received every line, in order', () => {
    for (const name of names)
      expect(receivedOf(feeds.chat, name).map((line) => line.text)).toEqual(
        truthOf(name).chat.map((line) => line['text']),
      )
  })

  it('[RAR3] received every rare once, with ids that grow', () => {
    const received = feeds.rares.seen.filter((rare) => rare.character.name !== PROBE)
    expect(received.map((rare) => rareKey(rare.character.name, rare, rare.clientAt)).sort()).toEqual(sentRares())
    const ids = received.map((rare) => Number(rare.id))
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
  })

  it('[INV6] could keep count of the items: nothing came that was there, nothing left that was not', () => {
    for (const name of names) {
      const held = new Set<string>()
      const wrong: string[] = []
      for (const { id, added, updated, removed } of receivedOf(feeds.items, name)) {
        for (const item of removed) if (!held.delete(item)) wrong.push(`${id}: ${item} left and was not there`)
        for (const item of updated) if (!held.has(item)) wrong.push(`${id}: ${item} changed and was not there`)
        for (const item of added) {
          if (held.has(item)) wrong.push(`${id}: ${item} came and was there`)
          held.add(item)
        }
      }
      expect(wrong.slice(0, 5)).toEqual([])
      const holds = play.truth.itemsOf(name).map((item) => `${item.server ?? HOME_SERVER}:${item.gameId}`)
      expect([...held].sort()).toEqual(holds.sort())
    }
  })

  it('[CMB1] received fights that only grow, and at last each as it ended', () => {
    for (const name of names) {
      const received = receivedOf(feeds.fights, name)
      for (const [sessionId, fight] of truthOf(name).fights) {
        const totals = received
          .filter((change) => change.fight.sessionId === sessionId)
          .map(({ fight }) => fight.totals)
        const kills = totals.map((total) => total.kills)
        expect(kills).toEqual([...kills].sort((a, b) => a - b))
        expect(differences(leavesOfFight(fight), leavesOfTotals(totals.at(-1)!))).toEqual([])
      }
    }
  })

  it('[FRM7] received verbatim what has no place of its own', () => {
    for (const name of names) {
      const received = feeds.relayed.seen.filter(
        (frame) => frame.characterName === name && !NEWER_TYPES.includes(frame.type),
      )
      const numbered = (bodies: readonly unknown[]) => new Map(bodies.map((body, nth) => [`frame ${nth}`, body]))
      const found = differences(numbered(truthOf(name).relayed), numbered(received.map((frame) => frame.body)))
      expect(found.slice(0, 3)).toEqual([])
    }
  })
})
