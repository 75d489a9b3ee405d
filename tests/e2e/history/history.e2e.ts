import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const ask = async <T>(query: string, variables: object = {}) =>
  (await overlord.graph<T>(query, variables as Record<string, unknown>)).data
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
/** Changes what Overlord has stored, as if it had been stored at another time. */
async function database(text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: await databaseOf(overlord.dataDir) })
  await client.connect()
  try {
    await client.query(text, values)
  } finally {
    await client.end()
  }
}

describe('the past', () => {
  it('[ATM1] [ATM2] shows past places, vitals, chat and portals', async () => {
    await using plugin = await overlord.plugin('Traveller')
    const tell = (ew: number, health_percentage: number, text: string, portal_name: string) => {
      const character_name = 'Traveller'
      plugin.send({ type: 'telemetry', character_name, ew, ns: 3, kills: ew })
      plugin.send({ type: 'vitals', character_name, health_percentage })
      plugin.send({ type: 'chat', character_name, text: `[Allegiance] Sawato says, "${text}"` })
      plugin.send({ type: 'portal', character_name, portal_name, ew, ns: 3 })
    }
    const FIELDS = 'name live(at: $at) telemetry(at: $at) { ew kills } vitals(at: $at) { healthPercent }'
    const THEN = `query Then($at: DateTime) {
      characters(at: $at, where: { live: true }) { totalCount nodes { ${FIELDS} } }
      portals(at: $at, text: "gate") { nodes { name discoveredBy { name } } }
      chat(where: { characters: ["Traveller"], until: $at, senders: ["Sawato"] }) { nodes { text sender } } }`
    type Then = {
      characters: { totalCount: number; nodes: { telemetry: { ew: number } }[] }
      portals: { nodes: { name: string }[] }
      chat: { nodes: { text: string; sender: string }[] }
    }
    const isThere = (word: string, gate: string) => async () => {
      const now = await ask<Then>(THEN, {})
      return now.chat.nodes[0]?.text.includes(word) && now.portals.nodes.some(({ name }) => name === gate)
    }
    tell(1, 50, 'first', 'First gate')
    await until('the first', isThere('first', 'First gate'))
    const then = new Date().toISOString()
    await until('the next moment', () => new Date().toISOString() > then)
    tell(2, 10, 'second', 'Second gate')
    await until('the second', isThere('second', 'Second gate'))

    const past = await ask<Then>(THEN, { at: then })
    expect(past).toEqual({
      characters: {
        totalCount: 1,
        nodes: [{ name: 'Traveller', live: true, telemetry: { ew: 1, kills: 1 }, vitals: { healthPercent: 50 } }],
      },
      portals: { nodes: [{ name: 'First gate', discoveredBy: { name: 'Traveller' } }] },
      chat: { nodes: [{ text: '[Allegiance] Sawato says, "first"', sender: 'Sawato' }] },
    })
    const now = await ask<Then>(THEN)
    expect(now.characters.nodes[0]).toMatchObject({ telemetry: { ew: 2 }, vitals: { healthPercent: 10 } })
    expect(now.portals.nodes.map(({ name }) => name)).toEqual(['Second gate', 'First gate'])
    expect(await ask(THEN, { at: ago(3_600) })).toEqual({
      characters: { totalCount: 0, nodes: [] },
      portals: { nodes: [] },
      chat: { nodes: [] },
    })
    const trail = await ask<{ trails: { path: { ew: number[] } }[] }>(
      `query Way($at: DateTime) { trails(seconds: 60, at: $at, characters: ["Traveller"]) { points { at ew ns } path {
        since seconds ew ns z } } }`,
      { at: then },
    )
    expect(trail.trails).toMatchObject([{ points: [{ ew: 1, ns: 3 }], path: { ew: [1], ns: [3], z: [null] } }])
  })

  it('[ATM3] shows past fights: an ended session complete, one reported again since as it was', async () => {
    await using plugin = await overlord.plugin('Fighter')
    const fight = (session_id: string, total_kills: number) =>
      plugin.send({
        type: 'combat_stats',
        character_name: 'Fighter',
        session_id,
        timestamp: new Date().toISOString(),
        session: { total_kills, monsters: { Drudge: { kill_count: total_kills } } },
      })
    const QUERY = `query Fights($at: DateTime) { character(name: "Fighter") { combat(at: $at) { latestFight { sessionId
      totals { kills } }
      lifetime { kills monsters(first: 1, text: "DRUD") { name kills } } fights(first: 5) { totalCount
      nodes { sessionId } } } } }`
    type Answer = {
      character: {
        combat: {
          latestFight: { sessionId: string }
          lifetime: { kills: number }
          fights: { totalCount: number }
        } | null
      } | null
    }
    const kills = async (at?: string) => (await ask<Answer>(QUERY, { at })).character?.combat ?? null
    fight('one', 5)
    await until('the first fight', async () => (await kills())?.lifetime.kills === 5)
    await database(
      "update combat_sessions set started_at = now() - interval '3 hours', received_at = now() - interval '2 hours'",
    )
    fight('two', 3)
    await until('the second fight', async () => (await kills())?.lifetime.kills === 8)
    // An hour ago it stood at three; its present value was reported since.
    await database(
      `update combat_sessions set started_at = now() - interval '90 minutes', received_at = now() - interval '1 hour'
        where key = 'two'`,
    )
    await overlord.stop()
    await overlord.restart()
    await using again = await overlord.plugin('Fighter')
    again.send({
      type: 'combat_stats',
      character_name: 'Fighter',
      session_id: 'two',
      timestamp: new Date().toISOString(),
      session: { total_kills: 9, monsters: {} },
    })
    await until('the third', async () => (await kills())?.lifetime.kills === 14)
    expect(await kills(ago(1_800))).toMatchObject({
      latestFight: { sessionId: 'two', totals: { kills: 3 } },
      lifetime: { kills: 8, monsters: [{ name: 'Drudge', kills: 8 }] },
      fights: { totalCount: 2 },
    })
    expect(await kills(ago(6_000))).toMatchObject({ latestFight: { sessionId: 'one' }, lifetime: { kills: 5 } })
    expect(await kills(ago(4 * 3_600))).toBeNull()
  })
})

describe('history', () => {
  const SERIES = '{ first min max last }'
  it('[HIS1] [HIS2] loses no peak, whether counted from frames or from spans, and [HIS4] gives rates', async () => {
    await using plugin = await overlord.plugin('Grower')
    const frames = [
      [10, 1],
      [500, 2],
      [30, 3],
    ] as const
    for (const [kills_per_hour, kills] of frames)
      plugin.send({
        type: 'telemetry',
        character_name: 'Grower',
        session_id: 's',
        timestamp: ago(100 - kills),
        ew: 1,
        ns: kills,
        kills,
        kills_per_hour,
        onlinetime: '01:00:00',
      })
    plugin.send({ type: 'character_stats', character_name: 'Grower', total_xp: 1_000, luminance_earned: 10 })
    const QUERY = `query History($from: DateTime!, $points: Int!) { character(name: "Grower") { history(since: $from,
      points: $points) { since until bucketSeconds
      telemetry { at frames onlineSeconds killsPerHour ${SERIES} ns ${SERIES} deaths ${SERIES} } vitals { at
      healthPercent ${SERIES} } } rates(hours: 2) { xpPerHour killsPerHour onlineSeconds } } }`
    type History = {
      character: {
        history: { bucketSeconds: number; telemetry: { frames: number[]; at: string[] } }
        rates: { xpPerHour: number | null }
      } | null
    }
    const all = await until('all frames', async () => {
      const answer = await ask<History>(QUERY, { from: ago(300), points: 1 })
      return answer.character?.history.telemetry.frames[0] === 3 && answer.character
    })
    const figures = {
      killsPerHour: { first: [10], min: [10], max: [500], last: [30] },
      ns: { first: [1], min: [1], max: [3], last: [3] },
      deaths: { first: [null], min: [null], max: [null], last: [null] },
    }
    expect(all.history.telemetry).toMatchObject({ at: { length: 1 }, onlineSeconds: [expect.any(Number)], ...figures })
    const days = await ask<History>(QUERY, { from: ago(20 * 86_400), points: 10 })
    expect(days.character!.history.bucketSeconds).toBeGreaterThanOrEqual(2 * 86_400)
    expect(days.character!.history.telemetry).toMatchObject({ frames: [3], ...figures })

    await database("update sheet_history set received_at = received_at - interval '1 hour', total_xp = 400")
    plugin.send({ type: 'character_stats', character_name: 'Grower', total_xp: 1_000, luminance_earned: 10 })
    const rates = await until('rates', async () => {
      const answer = await ask<History>(QUERY, { from: ago(300), points: 1 })
      return answer.character!.rates.xpPerHour !== null && answer.character!.rates
    })
    expect(rates).toMatchObject({ killsPerHour: 3, onlineSeconds: 3_600 })
    expect(rates.xpPerHour).toBeGreaterThan(590)
    expect(rates.xpPerHour).toBeLessThanOrEqual(600)
  })
})

describe('what the guild compares', () => {
  it('[LDB1] is a leaderboard by window and over lives, [RAR5] rares counted with droughts', async () => {
    await using plugin = await overlord.plugin('Winner')
    const play = (character_name: string, kills: number) =>
      plugin.send({
        type: 'telemetry',
        character_name,
        session_id: 'x',
        timestamp: new Date().toISOString(),
        ew: 1,
        ns: 1,
        kills,
        onlinetime: '01:00:00',
      })
    const find = (character_name: string, name: string) =>
      plugin.send({ type: 'rare', character_name, name, timestamp: new Date().toISOString(), ew: 1, ns: 1 })
    play('Winner', 700)
    play('Second', 400)
    find('Winner', 'Infinite Leather')
    const BOARD = `query Board($metric: LeaderboardMetric!, $hours: Int) { leaderboard(metric: $metric, hours: $hours,
      characters: ["Winner", "Second"]) { rank character { name } value } }`
    type Board = { leaderboard: { rank: number; character: { name: string }; value: number }[] }
    const board = async (metric: string, hours?: number) =>
      (await ask<Board>(BOARD, { metric, hours })).leaderboard.map(({ rank, character, value }) => [
        rank,
        character.name,
        value,
      ])
    await until('both', async () => (await board('KILLS', 1)).length === 2)
    for (const hours of [1, 720, undefined])
      expect(await board('KILLS', hours)).toEqual([
        [1, 'Winner', 700],
        [2, 'Second', 400],
      ])
    expect(await board('KILLS_PER_HOUR', 24)).toEqual([
      [1, 'Winner', 700],
      [2, 'Second', 400],
    ])
    expect(await board('ONLINE')).toEqual([
      [1, 'Second', 3_600],
      [1, 'Winner', 3_600],
    ])
    await until('the rare', async () => (await board('GREAT_RARES', 1)).length === 1)
    for (const hours of ['hours: 0', 'hours: 721', 'first: 501'])
      expect(
        (await overlord.graph(`{ leaderboard(metric: XP, ${hours}) { rank } }`, {}, { mayFail: true })).errors?.[0]
          ?.extensions?.code,
      ).toBe('BAD_USER_INPUT')

    play('Winner', 750)
    find('Winner', "Adherent's Crystal")
    play('Winner', 780)
    type Statistics = { rareStatistics: { count: number; finders: { count: number; killsSince: number | null }[] } }
    const counted = await until('the second rare', async () => {
      const { rareStatistics } = await ask<Statistics>(
        `{ rareStatistics(where: { characters: ["Winner"] }) { count tiers { tier count } names { name tier count }
          finders { character { name } count great killsSince killsPerRare } } }`,
      )
      return rareStatistics.count === 2 && rareStatistics.finders[0]?.killsSince === 30 && rareStatistics
    })
    expect(counted).toMatchObject({
      count: 2,
      tiers: [
        { tier: 'COMMON', count: 1 },
        { tier: 'GREAT', count: 1 },
      ],
      names: [
        { name: "Adherent's Crystal", tier: 'COMMON' },
        { name: 'Infinite Leather', tier: 'GREAT' },
      ],
      finders: [{ character: { name: 'Winner' }, count: 2, great: 1, killsSince: 30, killsPerRare: 50 }],
    })
  })

  it('[QST4] is every quest by every character', async () => {
    await using plugin = await overlord.plugin('Asker')
    const tell = (character_name: string, quest_name: string, countdown: string) =>
      plugin.send({ type: 'quest', timestamp: ago(0), character_name, quest_name, countdown })
    tell('Asker', 'Matrix A', 'READY')
    tell('Asker', 'Matrix B', '2h')
    tell('Baker', 'Matrix B', '???')
    const matrix = () =>
      ask<{ questMatrix: { quests: unknown[]; characters: { name: string }[] } }>(
        `{ questMatrix(characters: ["Asker", "Baker"], text: "matrix") { characters { name } quests { name states
          readyAt } } }`,
      )
    const { questMatrix } = await until('all three', async () => {
      const answer = await matrix()
      return answer.questMatrix.characters.length === 2 && answer.questMatrix.quests.length === 2 && answer
    })
    expect(questMatrix).toEqual({
      characters: [{ name: 'Asker' }, { name: 'Baker' }],
      quests: [
        { name: 'Matrix A', states: ['READY', 'NEVER_REPORTED'], readyAt: [expect.any(String), null] },
        { name: 'Matrix B', states: ['ON_COOLDOWN', 'UNKNOWN'], readyAt: [expect.any(String), null] },
      ],
    })
  })

  it('[CHT2] [CHT3] is what was said, by text, speaker and time', async () => {
    await using plugin = await overlord.plugin('Listener')
    const hear = (text: string) => plugin.send({ type: 'chat', character_name: 'Listener', text })
    hear('[Allegiance] Bob the Builder says, "portal to Holtburg up"')
    hear('Ann tells you, "see you at HOLTBURG"')
    hear('You say, "hello"')
    hear('The drudge dies in agony.')
    type Lines = { chat: { nodes: { text: string; sender: string | null }[] } }
    const lines = async (where: string) =>
      (await ask<Lines>(`{ chat(where: { characters: ["Listener"], ${where} }) { nodes { text sender } } }`)).chat.nodes
    await until('all four', async () => (await lines('')).length === 4)
    expect((await lines('')).map(({ sender }) => sender)).toEqual([null, 'Listener', 'Ann', 'Bob the Builder'])
    expect((await lines('text: "holtburg"')).map(({ sender }) => sender)).toEqual(['Ann', 'Bob the Builder'])
    expect(await lines('text: "holtburg", senders: ["Ann"]')).toHaveLength(1)
    expect(await lines(`since: "${ago(-60)}"`)).toEqual([])
    expect(await lines(`until: "${ago(60)}"`)).toEqual([])
  })
})
