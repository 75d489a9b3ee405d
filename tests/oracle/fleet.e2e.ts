// Real belongings of sixty characters, where somebody has put them beside the project: what is made up may be too tidy.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../ingest/simulator/simulator.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { HOME_SERVER, itemDifferences } from './compare-items.ts'
import { differences } from './differences.ts'
import { allReceived, openFeeds } from './open-feeds.ts'

const FLEET = process.env['OVERLORD_FLEET'] ?? path.join('..', 'shared', 'data', 'inventories')
const isHere = existsSync(FLEET)
if (!isHere)
  console.log(`No captured fleet at ${FLEET}: the comparison with it is left out. OVERLORD_FLEET names its folder.`)

describe.skipIf(!isHere)('a fleet of sixty real characters', () => {
  let overlord: TestOverlord
  let play: Simulator
  let feeds: Awaited<ReturnType<typeof openFeeds>>

  beforeAll(async () => {
    overlord = await startOverlord()
    feeds = await openFeeds(overlord)
    play = await startSimulator({
      url: overlord.pluginUrl,
      secret: overlord.secret,
      seed: Number(process.env['ORACLE_SEED'] ?? 7),
      characters: 60,
      pace: 'fast',
      minutes: 1,
      fleet: FLEET,
    })
    await play.done
    await play.settled()
    await allReceived(overlord, feeds)
  })
  afterAll(async () => {
    await play?.stop()
    await overlord?.[Symbol.asyncDispose]()
  })

  it('[INV1] [INV2] [INV4] is answered every item with all its properties, and no other', async () => {
    const { compared, found } = await itemDifferences(overlord, play.truth, play.characters)
    expect(found.slice(0, 5)).toEqual([])
    expect(compared).toBe(play.characters.reduce((sum, name) => sum + play.truth.itemsOf(name).length, 0))
    expect(compared).toBeGreaterThan(3_000)
  })

  it('[INV5] is answered as many items in all as it holds, and finds each by its id', async () => {
    const held = play.characters.flatMap((name) => play.truth.itemsOf(name))
    const { data } = await overlord.graph<{ items: { totalCount: number } }>(
      'query FleetCount($names: [String!]) { items(where: { characters: $names }) { totalCount } }',
      { names: play.characters },
    )
    expect(data.items.totalCount).toBe(held.length)
    const { server, gameId, record } = held[held.length >> 1]!
    const one = await overlord.graph<{ item: { name: string } }>(
      'query FleetItem($id: ID!) { item(id: $id) { name } }',
      {
        id: `${server ?? HOME_SERVER}:${gameId}`,
      },
    )
    expect(one.data.item.name).toBe(record.Name || record.StringValues['1'])
  })

  it('[SHT1] is answered every sheet as sent', async () => {
    const { data } = await overlord.graph<{ characters: { nodes: Sheet[] } }>(
      `query FleetSheets($names: [String!]) { characters(where: { names: $names }, first: 500) { nodes { name
        sheet { level totalXp raw attributes { name base } skills { name base training } } } } }`,
      { names: play.characters },
    )
    const sheets = new Map(data.characters.nodes.map(({ name, sheet }) => [name, sheet]))
    const sent = new Map(play.characters.map((name) => [name, play.truth.of(name).sheet]))
    expect(differences(sent, new Map([...sheets].map(([name, sheet]) => [name, sheet?.raw ?? null])))).toEqual([])
    for (const [name, frame] of sent) {
      const attributes = (frame?.['attributes'] ?? {}) as Record<string, { base: number }>
      expect(new Map(sheets.get(name)?.attributes.map(({ name, base }) => [name, base]))).toEqual(
        new Map(Object.entries(attributes).map(([name, { base }]) => [name, base])),
      )
      expect(sheets.get(name)?.skills.length).toBe(Object.keys((frame?.['skills'] ?? {}) as object).length)
    }
  })
})

interface Sheet {
  name: string
  sheet: {
    raw: unknown
    attributes: { name: string; base: number }[]
    skills: { name: string; base: number; training: string }[]
  } | null
}
