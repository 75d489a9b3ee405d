// Questions about the guild, one operation each, on a played world: answered as plain SQL answers them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET_S, SLOT_S } from '../shared/contract/history-buckets.ts'
import { ensureDays } from '../shared/db/partitions.ts'
import { dungeonName } from '../shared/world/dereth/dungeons.ts'
import { openGuild, personOf, type Guild } from './access/guild.ts'

const HOUR_MS = 3_600_000
/** A whole hour some days ago. */
const BEGIN = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 72 * HOUR_MS
const hour = (n: number) => new Date(BEGIN + n * HOUR_MS).toISOString()

type Viewer = ReturnType<typeof personOf>

let guild: Guild
let admin: Viewer
let owner: Viewer
let name: string

/** The data of an operation that must not fail. */
async function ask<T>(query: string, viewer = admin): Promise<T> {
  const { data, troubles } = await guild.ask(viewer, query)
  expect(troubles, query).toEqual([])
  return data as T
}
/** What an operation is refused with. */
async function refusal(query: string) {
  const result = (await guild.execute(admin, query)) as {
    errors?: { message: string; extensions: { code: string; nearest?: string[] } }[]
  }
  const [error] = result.errors ?? []
  return { code: error?.extensions.code, nearest: error?.extensions.nearest, message: error?.message }
}
const sql = async <T extends object>(text: string, values: unknown[] = []) =>
  (await guild.pool.query<T>(text, values)).rows
const one = async (text: string, values: unknown[] = []) => (await sql<{ value: number }>(text, values))[0]!.value

beforeAll(async () => {
  guild = await openGuild()
  admin = personOf(guild.seeds, 'admin')
  owner = personOf(guild.seeds, 'owner')
  name = guild.seeds.exact
  await ensureDays(guild.pool, [hour(0), hour(4)])
  await guild.pool.query("update characters set tag = 'Red' where name = $1", [name])
  // Two logins: the counters of the second begin at zero again.
  await guild.pool.query(
    `insert into tally_hours (character_id, hour, kills, deaths, tapers_used, online_s)
     select id, $1::int + n, 100 * n + 10, n, 5, 1800 from characters, generate_series(0, 3) n where name = $2`,
    [BEGIN / HOUR_MS, name],
  )
  // The same by five minutes: all of an hour in its begin, but ten kills half an hour later.
  await guild.pool.query(
    `insert into tally_spans (character_id, span, kills, deaths, tapers_used, online_s)
     select id, 12 * ($1::int + n) + 6 * half, case half when 0 then 100 * n else 10 end, n * (1 - half),
       5 * (1 - half), 900
     from characters, generate_series(0, 3) n, generate_series(0, 1) half where name = $2`,
    [BEGIN / HOUR_MS, name],
  )
  await guild.pool.query(
    `insert into sheet_history (character_id, received_at, level, total_xp, luminance_earned)
     select id, to_timestamp($1::float8) + n * interval '1 hour', 5, 1000 * n, 10 * n
     from characters, generate_series(0, 4) n where name = $2`,
    [BEGIN / 1_000, name],
  )
  await guild.pool.query(
    `insert into rares (character_id, name, tier, at, received_at, ew, ns)
      select id, 'Pearl of Acid Baning', 'COMMON', $1, $1, 33.6, 42.1
     from characters where name = $2`,
    [hour(1.5), name],
  )
}, 120_000)
afterAll(() => guild[Symbol.asyncDispose]())

describe('a name', () => {
  it('is compared ignoring case', async () => {
    const upper = name.toUpperCase()
    const data = await ask<Record<string, unknown>>(`{
      character(name: "${upper}") { name }
      characters(where: { names: ["${upper}"] }) { nodes { name } }
      leaderboard(metric: RARES, characters: ["${upper}"]) { character { name } }
      rares(where: { characters: ["${upper}"], names: ["pearl of acid baning"] }) { nodes { character { name } } }
      items(where: { characters: ["${upper}"], server: "coldeve" }, first: 1) { nodes { character { name } } }
    }`)
    expect(data).toEqual({
      character: { name },
      characters: { nodes: [{ name }] },
      leaderboard: [{ character: { name } }],
      rares: { nodes: [{ character: { name } }] },
      items: { nodes: [{ character: { name } }] },
    })
  })

  it.each([
    ['character(name: "$") { name }'],
    ['characters(where: { names: ["$"] }) { totalCount }'],
    ['totals(characters: ["$"]) { kills }'],
    ['trails(characters: ["$"]) { points { at } }'],
    ['quests(where: { characters: ["$"] }) { totalCount }'],
    ['questMatrix(characters: ["$"]) { quests { name } }'],
    ['rares(where: { characters: ["$"] }) { totalCount }'],
    ['rareStatistics(where: { characters: ["$"] }) { count }'],
    ['alerts(where: { characters: ["$"] }) { totalCount }'],
    ['chat(where: { characters: ["$"] }) { totalCount }'],
    ['guildEvents(where: { characters: ["$"] }) { totalCount }'],
    ['fighters(characters: ["$"]) { totalCount }'],
    ['topMonsters(characters: ["$"]) { name }'],
    ['rates(since: "2026-01-01T00:00:00Z", characters: ["$"]) { kills }'],
    ['timeByPlace(since: "2026-01-01T00:00:00Z", characters: ["$"]) { place }'],
    ['items(where: { characters: ["$"] }) { totalCount }'],
    ['items(where: { usableBy: "$" }) { totalCount }'],
    ['packs(where: { characters: ["$"] }) { character { name } }'],
    ['inventoryChanges(where: { characters: ["$"] }) { totalCount }'],
    ['suit(input: { server: "Coldeve", wearer: "$" }) { status }'],
  ])('that no character has is refused with the nearest: %s', async (text) => {
    const { code, nearest, message } = await refusal(`{ ${text.replace('$', `${name}x`)} }`)
    expect([code, nearest?.[0], nearest?.length]).toEqual(['NOT_FOUND', name, 3])
    expect(message).toContain(name)
  })

  it.each([
    ['items(where: { server: "Coldeva" }) { totalCount }', 'NOT_FOUND', 'Coldeve'],
    ['items(where: { setNames: ["Adepts Set"] }) { totalCount }', 'BAD_USER_INPUT', "Adept's Set"],
    ['items(where: { materialNames: ["Golt"] }) { totalCount }', 'BAD_USER_INPUT', 'Gold'],
    ['items(where: { spells: { any: [{ familyName: "Strenght" }] } }) { totalCount }', 'BAD_USER_INPUT', 'Strength'],
    ['items(where: { spells: { all: [{ family: 999999 }] } }) { totalCount }', 'BAD_USER_INPUT', undefined],
    ['items(where: { spells: { all: [{ id: 99999999 }] } }) { totalCount }', 'BAD_USER_INPUT', undefined],
    ['items(where: { sets: [99999] }) { totalCount }', 'BAD_USER_INPUT', undefined],
    ['items(where: { materials: [99999] }) { totalCount }', 'BAD_USER_INPUT', undefined],
    ['items(where: { objectClasses: [99999] }) { totalCount }', 'BAD_USER_INPUT', undefined],
    ['suit(input: { server: "Coldeve", spells: [{ family: 99999 }] }) { status }', 'BAD_USER_INPUT', undefined],
    ['suit(input: { server: "Coldeve", sets: [{ setId: 99999 }] }) { status }', 'BAD_USER_INPUT', undefined],
    ['rares(where: { names: ["Pearl of Acid Banning"] }) { totalCount }', 'BAD_USER_INPUT', 'Pearl of Acid Baning'],
    ['rares(where: { tags: ["Rad"] }) { totalCount }', 'NOT_FOUND', 'Red'],
    ['suit(input: { server: "Coldeva" }) { status }', 'NOT_FOUND', 'Coldeve'],
    [
      'suit(input: { server: "Coldeve", sets: [{ setName: "Adepts Set" }] }) { status }',
      'BAD_USER_INPUT',
      "Adept's Set",
    ],
  ])('of a filter is refused with the nearest if there is none: %s', async (text, code, first) => {
    const { nearest, ...refused } = await refusal(`{ ${text} }`)
    expect([refused.code, nearest?.[0]]).toEqual([code, first])
  })

  it.each([
    ['rareFound(where: { characters: ["$"] }) { id }', 'NOT_FOUND'],
    ['rareFound(where: { names: ["Pearl of Acid Banning"] }) { id }', 'BAD_USER_INPUT'],
    ['alertRaised(where: { characters: ["$"] }) { id }', 'NOT_FOUND'],
    ['alertRaised(where: { tags: ["Rad"] }) { id }', 'NOT_FOUND'],
    ['chatReceived(where: { characters: ["$"] }) { id }', 'NOT_FOUND'],
    ['guildEvents(where: { characters: ["$"] }) { id }', 'NOT_FOUND'],
    ['guildEvents(where: { tags: ["Rad"] }) { id }', 'NOT_FOUND'],
    ['combatChanged(characters: ["$"]) { at }', 'NOT_FOUND'],
    ['equipmentChanged(characters: ["$"]) { changeId }', 'NOT_FOUND'],
    ['inventoryChanged(characters: ["$"]) { id }', 'NOT_FOUND'],
    ['questChanged(characters: ["$"]) { name }', 'NOT_FOUND'],
    ['sheetChanged(characters: ["$"]) { changeId }', 'NOT_FOUND'],
    ['telemetryChanged(characters: ["$"]) { ew }', 'NOT_FOUND'],
    ['telemetryBatches(characters: ["$"]) { ew }', 'NOT_FOUND'],
    ['vitalsChanged(characters: ["$"]) { clientAt }', 'NOT_FOUND'],
    ['vitalsBatches(characters: ["$"]) { clientAt }', 'NOT_FOUND'],
    ['chatLineReceived(characters: ["$"]) { text }', 'NOT_FOUND'],
    ['frameReceived(characters: ["$"]) { type }', 'NOT_FOUND'],
    ['radarChanged(character: "$") { heading }', 'NOT_FOUND'],
  ])('[SUB8] is refused before a stream begins, with the nearest: %s', async (text, code) => {
    const refused = await refusal(`subscription { ${text.replace('$', `${name}x`)} }`)
    const first = text.includes('"$"') ? name : text.includes('tags') ? 'Red' : 'Pearl of Acid Baning'
    expect([refused.code, refused.nearest?.[0]]).toEqual([code, first])
  })

  it.each([
    `rareFound(where: { characters: ["$"] }, afterId: "0") { character { name } }`,
    `guildEvents(where: { characters: ["$"], tags: ["red"], kinds: [RARE] }, afterId: "0") { character { name } }`,
    `sheetChanged(characters: ["$"], afterId: "0") { character { name } }`,
  ])('is compared ignoring case in streams: %s', async (text) => {
    const stream = await guild.execute(admin, `subscription { ${text.replace('$', name.toUpperCase())} }`)
    const events = (stream as AsyncIterable<{ data: object }>)[Symbol.asyncIterator]()
    const { value } = (await events.next()) as { value: { data: Record<string, { character: { name: string } }> } }
    expect(Object.values(value.data)[0]!.character.name).toBe(name)
    await events.return!()
  })

  it('of a character in a watch rule is stored as it is known, and refused with the nearest if it is not', async () => {
    const create = (who: string) => `mutation { createWatchRule(input: { rule: { name: "Few", characters: ["${who}"],
      field: TAPERS, comparison: LT, number: 1 } }) { watchRule { characters } } }`
    expect(await refusal(create(`${name}x`))).toMatchObject({
      code: 'NOT_FOUND',
      nearest: [name, expect.anything(), expect.anything()],
    })
    expect(await ask(create(name.toUpperCase()))).toEqual({ createWatchRule: { watchRule: { characters: [name] } } })
  })

  it('of a sender who is a known character is compared ignoring case', async () => {
    await guild.pool.query(
      `insert into chat (character_id, at, received_at, text, channel, sender)
       select id, $1, $1, 'hello', 'SAY', name from characters where name = $2`,
      [hour(2), name],
    )
    const { chat } = await ask<{ chat: object }>(
      `{ chat(first: 1, where: { senders: ["${name.toUpperCase()}"] }) { nodes { sender } } }`,
    )
    expect(chat).toEqual({ nodes: [{ sender: name }] })
  })

  it('of a monster that was never seen is refused with the nearest', async () => {
    const [{ monster } = { monster: '' }] = await sql<{ monster: string }>(
      'select name as monster from monsters limit 1',
    )
    expect(await refusal(`{ spawnHeatmap(monster: "${monster}y") { total } }`)).toMatchObject({ code: 'NOT_FOUND' })
    await ask(`{ spawnHeatmap(monster: "${monster.toUpperCase()}") { total } }`)
  })

  it('that is known has an empty list where there is nothing', async () => {
    const { alerts } = await ask<{ alerts: unknown }>(
      `{ alerts(where: { characters: ["${name}"], kinds: [SERVER_UP] }) { nodes { id } } }`,
    )
    expect(alerts).toEqual({ nodes: [] })
  })
})

describe('what happened', () => {
  it('has its place in words: the nearest town, or the dungeon', async () => {
    const find = (text: string) => `{ rares(where: { names: ["${text}"] }) { nodes { nearestTown dungeon } } }`
    const inHoltburg = await ask(find('Pearl of Acid Baning'))
    expect(inHoltburg).toEqual({ rares: { nodes: [{ nearestTown: 'in Holtburg', dungeon: null }] } })
    // The middle of landblock 01E9.
    await guild.pool.query("update rares set ew = -100.75, ns = 84.85 where name = 'Pearl of Acid Baning'")
    const below = await ask<{ rares: { nodes: { dungeon: string }[] } }>(find('Pearl of Acid Baning'))
    await guild.pool.query("update rares set ew = 33.6, ns = 42.1 where name = 'Pearl of Acid Baning'")
    expect(below.rares.nodes[0]!.dungeon).toBe(dungeonName('01E9'))
    expect(dungeonName('01E9')).not.toBeNull()
  })

  it('is found by group, by owner and near a place', async () => {
    const names = async (where: string, viewer = admin) => {
      const query = `{ rares(where: { names: ["pearl of acid baning"], ${where} }) { nodes { character { name } } } }`
      const { rares } = await ask<{ rares: { nodes: { character: { name: string } }[] } }>(query, viewer)
      return rares.nodes.map(({ character }) => character.name)
    }
    expect(await names('tags: ["red"]')).toEqual([name])
    expect(await names('mine: true', owner)).toEqual([name])
    expect(await names('mine: false', owner)).toEqual([])
    expect(await names('near: { ew: 33, ns: 42, distance: 1 }')).toEqual([name])
    expect(await names('near: { ew: 33, ns: 42, distance: 0.1 }')).toEqual([])
  })

  it('of a death says where and why', async () => {
    await guild.pool.query('update latest_telemetry set ew = 33.6, ns = 42.1, received_at = now()')
    await guild.pool.query(
      `insert into alerts (kind, character_id, at, severity, text, details, key)
       select 'DEATH', id, now(), 'CRITICAL', 'died', '{"vitae": 5}', 'a death' from characters where name = $1`,
      [name],
    )
    const query = `{ alerts(where: { kinds: [DEATH], characters: ["${name}"] }, first: 1) {
      nodes { cause ew ns nearestTown } } }`
    expect(await ask(query)).toMatchObject({
      alerts: { nodes: [{ cause: 'vitae became 5 %', nearestTown: 'in Holtburg' }] },
    })
  })
})

describe('rates', () => {
  it('over any window of hours are the sums of what counters grew, across logins', async () => {
    const window = `since: "${hour(1)}", until: "${hour(3)}"`
    const { rates, character } = await ask<{ rates: object; character: { rates: object } }>(`{
      rates(${window}, characters: ["${name}"]) { since until kills deaths rares tapersUsed xp luminance onlineSeconds
        killsPerHour xpPerHour raresPerHour characters { character { name } kills } }
      character(name: "${name}") { rates(${window}) { hours kills killsPerHour xpPerHour luminancePerHour deathsPerHour
      } }
    }`)
    expect(rates).toEqual({
      since: hour(1),
      until: hour(3),
      kills: 320,
      deaths: 3,
      rares: 1,
      tapersUsed: 10,
      xp: 1_000,
      luminance: 10,
      onlineSeconds: 3_600,
      killsPerHour: 160,
      xpPerHour: 500,
      raresPerHour: 0.5,
      characters: [{ character: { name }, kills: 320 }],
    })
    expect(character.rates).toEqual({
      hours: 2,
      kills: 320,
      killsPerHour: 320,
      xpPerHour: 1_000,
      luminancePerHour: 10,
      deathsPerHour: 3,
    })
  })

  it.each([
    ['from within an hour to within another', 1.5, 3.5, { kills: 10 + 210 + 300, deaths: 5, hours: 2 }],
    ['within one hour', 2.25, 2.75, { kills: 10, deaths: 0, hours: 0.5 }],
    ['from within an hour to its end', 2.5, 3, { kills: 10, deaths: 0, hours: 0.5 }],
    ['from the begin of an hour to within it', 2, 2.5, { kills: 200, deaths: 2, hours: 0.5 }],
  ])('count to five minutes: %s', async (_, since, until, expected) => {
    const window = `since: "${hour(since)}", until: "${hour(until)}"`
    const { rates, character } = await ask<{ rates: object; character: { rates: object } }>(`{
      rates(${window}, characters: ["${name}"]) { since until kills deaths }
      character(name: "${name}") { rates(${window}) { kills deaths hours } }
    }`)
    const { hours: _hours, ...sums } = expected
    expect(rates).toEqual({ since: hour(since), until: hour(until), ...sums })
    expect(character.rates).toEqual(expected)
  })

  it('of the fleet add up to what the tables hold', async () => {
    const { rates } = await ask<{ rates: { kills: number; onlineSeconds: number } }>(
      `{ rates(since: "${hour(-24)}") { kills onlineSeconds } }`,
    )
    const from = BEGIN / HOUR_MS - 24
    expect(rates).toEqual({
      kills: await one('select sum(kills)::bigint as value from tally_hours where hour >= $1', [from]),
      onlineSeconds: await one('select sum(online_s)::bigint as value from tally_hours where hour >= $1', [from]),
    })
  })
})

describe('fights', () => {
  const snapshot = (kills: number) => ({
    total_kills: kills,
    monsters: { 'Olthoi Test': { kill_count: kills, damage_given: 10 * kills, damage_received: kills } },
  })
  const report = (kills: number, part: number, at: string) =>
    guild.pool.query(
      `insert into combat_sessions as s (character_id, key, started_at, received_at, snapshot, at, part)
       select id, 'questions', $2, $2, $3, $2, $4 from characters where name = $1
       on conflict (character_id, key) do update set snapshot = excluded.snapshot, part = excluded.part,
       received_at = excluded.received_at`,
      [name, at, JSON.stringify(snapshot(kills)), part],
    )

  it('of all characters give the top monsters, whatever counters began again', async () => {
    await report(3, 0, hour(1))
    await report(8, 0, hour(2))
    // The next batch brought two kills more, and then counters that began again: the part is stored with ten.
    await report(4, 1, hour(3))
    await guild.pool.query(
      `insert into combat_parts (character_id, key, part, ended_at, snapshot)
       select id, 'questions', 0, $2, $3 from characters where name = $1`,
      [name, hour(2.9), JSON.stringify(snapshot(10))],
    )
    const { topMonsters } = await ask<{ topMonsters: object[] }>(
      '{ topMonsters(text: "olthoi test") { name kills damageGiven damageReceived characterCount } }',
    )
    expect(topMonsters).toEqual([
      { name: 'Olthoi Test', kills: 14, damageGiven: 140, damageReceived: 14, characterCount: 1 },
    ])
    const { all } = await ask<{ all: { name: string; kills: number }[] }>(
      '{ all: topMonsters(first: 500) { name kills } }',
    )
    const stored = await sql<{ name: string; kills: number }>(
      `select m.key as name, sum((m.value ->> 'kill_count')::bigint)::bigint as kills
       from (select snapshot from combat_sessions union all select snapshot from combat_parts) s
       cross join lateral jsonb_each(s.snapshot -> 'monsters') m group by 1`,
    )
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
    expect(all.sort(byName)).toEqual(stored.sort(byName))
  })

  it('between two moments are the later figures less the earlier ones', async () => {
    await guild.pool.query(
      `insert into combat_history (character_id, key, received_at, part, snapshot)
       select id, 'questions', $2, 0, $3 from characters where name = $1`,
      [name, hour(1), JSON.stringify(snapshot(3))],
    )
    const query = (since: string, until: string) =>
      `{ character(name: "${name}") { combatBetween(since: "${since}", until: "${until}") { kills monsters { name kills
        damageGiven } } } }`
    expect(await ask(query(hour(1.5), hour(4)))).toEqual({
      character: {
        combatBetween: { kills: 11, monsters: [{ name: 'Olthoi Test', kills: 11, damageGiven: 110 }] },
      },
    })
  })
})

describe('the guild', () => {
  it('spends its time where its telemetry says', async () => {
    const { timeByPlace } = await ask<{ timeByPlace: { seconds: number; place: string; characterCount: number }[] }>(
      `{ timeByPlace(since: "${hour(0)}", first: 500) { place isDungeon seconds characterCount } }`,
    )
    const seconds = await one(
      `select coalesce(sum(bit_count(seen::bit(${BUCKET_S / SLOT_S}))) * ${SLOT_S}, 0)::bigint as value
        from telemetry_spans where ew_last is not null`,
    )
    expect(seconds).toBeGreaterThan(0)
    expect(timeByPlace.reduce((sum, row) => sum + row.seconds, 0)).toBe(seconds)
  })

  it('spends the same time by whole days as by the hours of them, also after its telemetry changed', async () => {
    const day = Math.floor(BEGIN / 86_400_000) - 2
    const bucket = (nth: number) => (day * 86_400) / BUCKET_S + nth
    const put = (nth: number, seen: number, ew: number) =>
      guild.pool.query(
        `insert into telemetry_spans (character_id, span, frames, seen, ew_last, ns_last)
         select id, $1, 1, $2, $3, 10 from characters where name = $4
         on conflict (character_id, span) do update set seen = excluded.seen, ew_last = excluded.ew_last`,
        [bucket(nth), seen, ew, name],
      )
    for (const nth of [0, 100, 287, 288, 400]) await put(nth, 0b1111, 20 + nth)
    await put(100, 0b11111, 20) // grown, and gone elsewhere
    await guild.pool.query('delete from telemetry_spans where span = $1', [bucket(287)])
    const spent = async (from: number, until: number) => {
      const at = (buckets: number) => new Date(bucket(buckets) * BUCKET_S * 1_000).toISOString()
      const window = `since: "${at(from)}", until: "${at(until)}"`
      const query = `timeByPlace(${window}, characters: ["${name}"]) { place seconds }`
      const rows = await ask<{ timeByPlace: { place: string; seconds: number }[] }>(`{ ${query} }`)
      return Object.fromEntries(rows.timeByPlace.map(({ place, seconds }) => [place, seconds]))
    }
    const added: Record<string, number> = {}
    for (let from = -6; from < 450; from += 12)
      for (const [place, seconds] of Object.entries(await spent(from, from + 12)))
        added[place] = (added[place] ?? 0) + seconds
    expect(Object.values(added).reduce((sum, seconds) => sum + seconds, 0)).toBe(30 * (4 + 5 + 4 + 4))
    expect(await spent(-6, 450)).toEqual(added)
    expect(await spent(0, 288)).toEqual(await spent(-6, 282))
    await guild.pool.query('delete from telemetry_spans where span between $1 and $2', [bucket(0), bucket(450)])
    expect(await spent(-6, 450)).toEqual({})
  })

  it('is not found by place where it is hidden or blurred', async () => {
    const { hidden, blurred } = guild.seeds
    const viewer = personOf(guild.seeds, 'viewer')
    const query = `{ timeByPlace(since: "${hour(0)}", characters: ["${hidden}", "${blurred}"]) { place } }`
    expect(await ask(query, viewer)).toEqual({ timeByPlace: [] })
    expect((await ask<{ timeByPlace: object[] }>(query)).timeByPlace.length).toBeGreaterThan(0)
  })

  it('knows how long its game server was up', async () => {
    await guild.pool.query("update game_servers set state = 'UP', since = $1", [hour(3)])
    await guild.pool.query(
      `insert into guild_events (kind, at, server, details) values
       ('SERVER_DOWN', $1, 'Coldeve', jsonb_build_object('previousSince', $3::text)),
       ('SERVER_UP', $2, 'Coldeve', jsonb_build_object('previousSince', $1::text))`,
      [hour(2), hour(3), hour(1)],
    )
    const query = `{ gameServer { uptime(since: "${hour(0)}", until: "${hour(4)}") { upSeconds downSeconds
      unknownSeconds outages share } } }`
    expect(await ask(query)).toEqual({
      gameServer: {
        uptime: { upSeconds: 7_200, downSeconds: 3_600, unknownSeconds: 3_600, outages: 1, share: 2 / 3 },
      },
    })
  })
})

describe('items', () => {
  it('are found by the full name that the graph shows', async () => {
    const [item] = await sql<{ name: string; material: number }>(
      'select name, material from item_facts where material = 60 and character_id is not null limit 1',
    )
    const id =
      item ??
      (
        await sql<{ name: string; material: number }>(
          `update items set material = 60 where game_id = (select game_id from items where name is not null limit 1)
            returning name, material`,
        )
      )[0]!
    const find = async (text: string) =>
      (
        await ask<{ items: { nodes: { fullName: string }[] } }>(
          `{ items(where: { text: ${JSON.stringify(text)} }, first: 1000) { nodes { fullName inscription } } }`,
        )
      ).items.nodes.map(({ fullName }) => fullName)
    for (const text of [`Gold ${id.name}`, `gold ${id.name.slice(0, 3)}`, `ld ${id.name.slice(0, 2)}`])
      expect(await find(text), text).toContain(`Gold ${id.name}`)
    for (const found of await find(`Gold ${id.name.slice(0, 4)}`))
      expect(found.toLowerCase()).toContain(`gold ${id.name.slice(0, 4).toLowerCase()}`)
  })

  it('are summed up, over all and by name', async () => {
    const { items } = await ask<{ items: { sums: { items: number; units: number; names: object[] } } }>(
      '{ items { sums { items units value burden names(first: 3) { name items units } } } }',
    )
    const [stored] = await sql(
      `select count(*) as items, sum(coalesce(greatest(stack, 1), 1))::bigint as units, coalesce(sum(value), 0)::bigint
        as value,
         coalesce(sum(burden), 0)::bigint as burden from item_facts where character_id is not null`,
    )
    expect(items.sums).toMatchObject(stored!)
    expect(items.sums.names).toEqual(
      await sql(
        `select name, count(*) as items, sum(coalesce(greatest(stack, 1), 1))::bigint as units from item_facts
         where character_id is not null and name is not null group by 1 order by 3 desc, 1 limit 3`,
      ),
    )
  })

  it('are found by when they changed', async () => {
    const long = new Date(Date.now() - 40 * HOUR_MS).toISOString()
    const [{ id } = { id: '' }] = await sql<{ id: string }>(
      `update items i set changed_at = $1 from (select server, game_id from item_facts where character_id is not null
        limit 1) f
       where i.server = f.server and i.game_id = f.game_id returning i.server || ':' || i.game_id as id`,
      [long],
    )
    const { old, young } = await ask<Record<string, { nodes: { id: string }[] }>>(`{
      old: items(where: { changedAt: { since: "${long}", until: "${long}" } }) { nodes { id } }
      young: items(where: { changedAt: { since: "${new Date(Date.now() + HOUR_MS).toISOString()}" } }) { nodes { id } }
    }`)
    expect([old!.nodes, young!.nodes]).toEqual([[{ id }], []])
  })

  it('have packs, found by how full they are', async () => {
    type Packs = { packs: { container: { fill: number } }[] }
    const { packs } = await ask<Packs>('{ packs(first: 1000) { character { name } container { kind fill } } }')
    const fills = packs.map(({ container }) => container.fill)
    expect(fills).toEqual([...fills].sort((a, b) => b - a))
    const middle = fills[Math.floor(fills.length / 2)]!
    const fuller = await ask<Packs>(
      `{ packs(where: { fill: { min: ${middle} } }, first: 1000) { container { fill } } }`,
    )
    expect(fuller.packs).toHaveLength(fills.filter((fill) => fill >= middle).length)
  })

  it('have changes that are listed like the stream sends them', async () => {
    await guild.pool.query(
      `insert into inventory_changes (character_id, at, added, updated, removed)
       select id, now(), '{Coldeve:1}', '{}', '{}' from characters where name = $1`,
      [name],
    )
    expect(
      await ask(
        `{ inventoryChanges(where: { characters: ["${name}"] }, first: 1) {
          nodes { added addedCount character { name } } } }`,
      ),
    ).toEqual({ inventoryChanges: { nodes: [{ added: ['Coldeve:1'], addedCount: 1, character: { name } }] } })
  })
})
