// Views of SQL show everybody what the graph shows them: of characters that hide, blur and show their place, and of
// private messages, for every kind of viewer of the access matrix.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASKERS } from '../../shared/access/access-table.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { openGuild, viewerOf, type Guild } from './guild.ts'

let guild: Guild
/** Everybody who is signed in, and the owner of the first characters. */
let askers: { name: string; viewer: Viewer }[]

beforeAll(async () => {
  guild = await openGuild()
  const others = ASKERS.filter((asker) => !('only' in asker)).flatMap((asker) => {
    const viewer = viewerOf(asker, guild.seeds)
    return viewer ? [{ name: asker.name, viewer }] : []
  })
  const owner: Viewer = { ...others[0]!.viewer, id: guild.seeds.people.owner, name: 'owner', owner: true }
  askers = [...others, { name: 'owner', viewer: owner }]
})
afterAll(() => guild[Symbol.asyncDispose]())

interface SqlAnswer {
  columns: { name: string }[]
  rows: unknown[][]
  truncated: boolean
}

async function graph<T>(viewer: Viewer, query: string): Promise<T> {
  const { data, troubles } = await guild.ask(viewer, query)
  expect(troubles, query).toEqual([])
  return data as T
}

async function sql(viewer: Viewer, statement: string): Promise<unknown[][]> {
  // Viewers of the test send more than a viewer may within a minute.
  await guild.pool.query("delete from paces where key like 'sql %'")
  const query = `{ queryTelemetry(statement: ${JSON.stringify(statement)}, first: 1000) { columns { name } rows
    truncated } }`
  const { queryTelemetry } = await graph<{ queryTelemetry: SqlAnswer }>(viewer, query)
  return queryTelemetry.rows
}

type Placed = { ew: number | null; ns: number | null; z: number | null } | null
const placeOf = (place: Placed) => [place?.ew ?? null, place?.ns ?? null, place?.z ?? null]
const byName = (rows: unknown[][]) => rows.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))

/** What the graph gives and what a statement gives, as lists of rows, in the same order. */
interface Comparison {
  what: string
  statement: string
  ofGraph: (viewer: Viewer) => Promise<unknown[][]>
}

interface Named {
  name: string
}
const characters = <C>(viewer: Viewer, fields: string) =>
  graph<{ characters: { nodes: (Named & C)[] } }>(
    viewer,
    `{ characters(first: 500) { nodes { name ${fields} } } }`,
  ).then((data) => data.characters.nodes)

const comparisons: Comparison[] = [
  {
    what: 'newest places',
    statement: 'select character, ew, ns, z from characters',
    ofGraph: async (viewer) =>
      (await characters<{ telemetry: Placed }>(viewer, 'telemetry { ew ns z }')).map(({ name, telemetry }) => [
        name,
        ...placeOf(telemetry),
      ]),
  },
  {
    what: 'places of rares',
    statement: 'select id::text, character, name, ew, ns, z from rares',
    ofGraph: async (viewer) =>
      (
        await graph<{ rares: { nodes: (NonNullable<Placed> & Named & { id: string; character: Named })[] } }>(
          viewer,
          '{ rares(first: 500) { nodes { id name character { name } ew ns z } } }',
        )
      ).rares.nodes.map(({ id, name, character, ...place }) => [id, character.name, name, ...placeOf(place)]),
  },
  {
    what: 'alerts',
    statement: 'select id::text, kind, character, text, severity from alerts',
    ofGraph: async (viewer) =>
      (
        await graph<{
          alerts: { nodes: { id: string; kind: string; character: Named | null; text: string; severity: string }[] }
        }>(viewer, '{ alerts(first: 500) { nodes { id kind character { name } text severity } } }')
      ).alerts.nodes.map(({ id, kind, character, text, severity }) => [
        id,
        kind,
        character?.name ?? null,
        text,
        severity,
      ]),
  },
  {
    what: 'chat of people',
    statement: "select id::text, channel, text, sender from chat where channel <> 'OTHER'",
    ofGraph: async (viewer) =>
      (
        await graph<{ chat: { nodes: { id: string; channel: string; text: string; sender: string }[] } }>(
          viewer,
          `{ chat(first: 500, where: { channels: [ALLEGIANCE, FELLOWSHIP, GENERAL, TRADE, LFG, ROLEPLAY, SOCIETY, TELL,
            SAY] }) {
            nodes { id channel text sender } } }`,
        )
      ).chat.nodes.map(({ id, channel, text, sender }) => [id, channel, text, sender]),
  },
  {
    what: 'how much chat there is',
    statement: 'select count(*) from chat',
    ofGraph: async (viewer) => [
      [(await graph<{ chat: { totalCount: number } }>(viewer, '{ chat { totalCount } }')).chat.totalCount],
    ],
  },
  {
    what: 'discoverers of portals',
    statement: 'select name, discovered_by from portals',
    ofGraph: async (viewer) =>
      (
        await graph<{ portals: { nodes: { name: string; discoveredBy: Named | null }[] } }>(
          viewer,
          '{ portals(first: 500) { nodes { name discoveredBy { name } } } }',
        )
      ).portals.nodes.map(({ name, discoveredBy }) => [name, discoveredBy?.name ?? null]),
  },
  {
    what: 'totals of fights',
    statement: 'select character, kills, damage_given, damage_received from combat_lifetime',
    ofGraph: async (viewer) =>
      (
        await characters<{
          combat: { lifetime: { kills: number; damageGiven: number; damageReceived: number } } | null
        }>(viewer, 'combat { lifetime { kills damageGiven damageReceived } }')
      ).flatMap(({ name, combat }) =>
        combat ? [[name, combat.lifetime.kills, combat.lifetime.damageGiven, combat.lifetime.damageReceived]] : [],
      ),
  },
  {
    what: 'newest vitals and sheets',
    statement: 'select character, health_percent, vitae, level, total_xp from characters',
    ofGraph: async (viewer) =>
      (
        await characters<{
          vitals: { healthPercent: number | null; vitae: number | null } | null
          sheet: { level: number | null; totalXp: number | null } | null
        }>(viewer, 'vitals { healthPercent vitae } sheet { level totalXp }')
      ).map(({ name, vitals, sheet }) => [
        name,
        vitals?.healthPercent ?? null,
        vitals?.vitae ?? null,
        sheet?.level ?? null,
        sheet?.totalXp ?? null,
      ]),
  },
  {
    what: 'how many items are held',
    statement: 'select count(*) from items',
    ofGraph: async (viewer) => [
      [(await graph<{ items: { totalCount: number } }>(viewer, '{ items { totalCount } }')).items.totalCount],
    ],
  },
]

describe('views', () => {
  it.each(comparisons)('show $what as the graph does', async ({ what, statement, ofGraph }) => {
    for (const { name, viewer } of askers) {
      const [shown, wanted] = [await sql(viewer, statement), await ofGraph(viewer)]
      expect(wanted.length, what).toBeGreaterThan(0)
      expect(byName(shown), `${what} for ${name}`).toEqual(byName(wanted))
    }
  })

  it('show past places as trails do', async () => {
    for (const { name: asker, viewer } of askers)
      for (const { name, trail } of await characters<{ trail: ({ at: string } & NonNullable<Placed>)[] }>(
        viewer,
        'trail(seconds: 86400, points: 900) { at ew ns z }',
      )) {
        const rows = await sql(
          viewer,
          `select received_at, ew, ns, z from telemetry where character = '${name}' and step`,
        )
        const places = new Map(rows.map(([at, ...place]) => [new Date(at as string).toISOString(), place as number[]]))
        expect(rows.length).toBeGreaterThan(0)
        if (!trail.length) expect(rows.map(([, ...place]) => place)).toEqual(rows.map(() => [null, null, null]))
        for (const { at, ew, ns, z } of trail) {
          const [sqlEw, sqlNs, sqlZ] = places.get(at) ?? expect.fail(`no row of ${name} at ${at} for ${asker}`)
          expect(sqlEw, `${name} for ${asker}`).toBeCloseTo(ew!, 2)
          expect(sqlNs, `${name} for ${asker}`).toBeCloseTo(ns!, 2)
          if (z === null) expect(sqlZ ?? null, `${name} for ${asker}`).toBeNull()
        }
      }
  })

  it('show spans of places to whom the graph shows histories of them', async () => {
    const since = new Date(Date.now() - 3_600_000).toISOString()
    for (const { name: asker, viewer } of askers)
      for (const { name, history } of await characters<{ history: { telemetry: { ew: { last: unknown[] } | null } } }>(
        viewer,
        `history(since: "${since}") { telemetry { ew { last } } }`,
      )) {
        const rows = await sql(
          viewer,
          `select ew_first, ew_last, ns_first, ns_last from telemetry_spans where character = '${name}'`,
        )
        expect(rows.length).toBeGreaterThan(0)
        expect(
          rows.flat().some((value) => value !== null),
          `${name} for ${asker}`,
        ).toBe(history.telemetry.ew !== null)
      }
  })

  it('name in no row a private message that the graph keeps back', async () => {
    const { rows } = await guild.pool.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'sql_views'::regnamespace",
    )
    expect(rows.length).toBeGreaterThan(15)
    for (const { name: asker, viewer } of askers) {
      const readable = await graph<{ chat: { nodes: { text: string }[] } }>(
        viewer,
        '{ chat(first: 500, where: { channels: [TELL] }) { nodes { text } } }',
      )
      const shown = new Set(readable.chat.nodes.map(({ text }) => text))
      for (const { name } of rows) {
        const text = JSON.stringify(
          await sql(viewer, `select row_to_json(v) from ${name} v where v::text like '%TELL to%'`),
        )
        for (const found of text.match(/TELL to [^"\\,)]+/g) ?? [])
          expect([...shown], `${name} for ${asker}`).toContain(found)
      }
    }
  })
})

describe('statements', () => {
  const refusalOf = async (viewer: Viewer | undefined, statement: string, first = 10) =>
    (await guild.ask(viewer, `{ queryTelemetry(statement: ${JSON.stringify(statement)}, first: ${first}) { rows } }`))
      .troubles[0]?.code

  it('that the guard refuses are errors of the caller', async () => {
    for (const { viewer } of askers) {
      await guild.pool.query("delete from paces where key like 'sql %'")
      expect(await refusalOf(viewer, 'select * from users')).toBe('BAD_USER_INPUT')
      expect(await refusalOf(viewer, 'select 1 / 0')).toBe('BAD_USER_INPUT')
      expect(await refusalOf(viewer, 'select 1', 1_001)).toBe('BAD_USER_INPUT')
    }
    expect(await refusalOf(undefined, 'select 1')).toBe('UNAUTHENTICATED')
  })

  it('are limited by the minute', async () => {
    const { viewer } = askers[0]!
    const codes = new Set<string | undefined>()
    for (let n = 0; n < 65; n++) codes.add(await refusalOf(viewer, 'select 1'))
    expect([...codes]).toEqual([undefined, 'TOO_MANY_TRIES'])
  })
})
