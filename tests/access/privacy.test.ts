// Places and private messages: of each field that declares to keep them, what everybody is shown of a character that
// hides its place, one that blurs it and one that shows it, all of the same owner.
import type { ExecutionResult, GraphQLError, GraphQLObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASKERS } from '../../shared/access/access-table.ts'
import type { PlaceShown } from '../../shared/access/character-settings.ts'
import { privacyOf } from '../../shared/access/privacy.ts'
import { settingsOf } from '../../shared/access/testing/viewers.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { happen } from './events.ts'
import { openGuild, viewerOf, type Guild } from './guild.ts'

let guild: Guild
let characters: Record<PlaceShown, string>
/** Everybody who is signed in, and the owner. */
let askers: { name: string; viewer: Viewer; seesAll: boolean }[]

beforeAll(async () => {
  guild = await openGuild()
  const { hidden, blurred, exact, people } = guild.seeds
  characters = { HIDDEN: hidden, BLURRED: blurred, EXACT: exact }
  const others = ASKERS.filter((asker) => !('only' in asker)).flatMap((asker) => {
    const viewer = viewerOf(asker, guild.seeds)
    return viewer ? [{ name: asker.name, viewer, seesAll: asker.role === 'admin' }] : []
  })
  const owner: Viewer = { ...others[0]!.viewer, id: people.owner, name: 'owner', owner: true }
  askers = [...others, { name: 'owner', viewer: owner, seesAll: true }]
})
afterAll(() => guild[Symbol.asyncDispose]())

const declaring = (what: 'place' | 'filtered' | 'guarded') =>
  [...guild.declared]
    .flatMap(([type, fields]) => [...fields].filter(([, access]) => access[what]).map(([name]) => `${type}.${name}`))
    .sort()

/** A document about one character, and where in its answer the object is whose fields are looked at. */
interface Witness {
  type: string
  query: (character: string) => string
  of: (data: never, character: string) => unknown
  /** It is left out, or null, for those who hide, or also for those who blur. */
  absent?: PlaceShown[]
}
/** The same span for every asker: buckets are cut by where it begins and ends. */
const [hourAgo, soon] = [-3_600_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString())
const SPAN = `since: "${hourAgo}", until: "${soon}"`
const RADAR = 'landblock dungeon ew ns z heading objects { name }'
const witnesses: Witness[] = [
  {
    type: 'Telemetry',
    query: (name) => `{ character(name: "${name}") { telemetry { ew ns z nearestTown dungeon } } }`,
    of: (data: { character: { telemetry: unknown } }) => data.character.telemetry,
  },
  {
    type: 'Character',
    query: (name) => `{ character(name: "${name}") { trail(seconds: 3600) { at ew ns z } radar { ${RADAR} } } }`,
    of: (data: { character: unknown }) => data.character,
  },
  {
    type: 'Radar',
    query: (name) => `{ character(name: "${name}") { radar { ${RADAR} } } }`,
    of: (data: { character: { radar: unknown } }) => data.character.radar,
    absent: ['HIDDEN', 'BLURRED'],
  },
  {
    type: 'Trail',
    query: (name) => `{ trails(seconds: 3600, characters: ["${name}"]) { points { at ew ns z } } }`,
    of: (data: { trails: unknown[] }) => data.trails[0],
    absent: ['HIDDEN'],
  },
  {
    type: 'TrailPath',
    query: (name) => `{ trails(seconds: 3600, characters: ["${name}"]) { path { seconds ew ns z } } }`,
    of: (data: { trails: { path: unknown }[] }) => data.trails[0]?.path,
    absent: ['HIDDEN'],
  },
  {
    type: 'TelemetryReplay',
    query: (name) => `{ replay(${SPAN}, characters: ["${name}"]) { telemetry { seconds ew ns } } }`,
    of: (data: { replay: { telemetry: unknown }[] }) => data.replay[0]?.telemetry,
    absent: ['HIDDEN'],
  },
  {
    type: 'TelemetryHistory',
    query: (name) => `{ character(name: "${name}") { history(${SPAN}) { telemetry { ew { last } ns { last } } } } }`,
    of: (data: { character: { history: { telemetry: unknown } } }) => data.character.history.telemetry,
  },
  {
    type: 'Rare',
    query: (name) => `{ rares(where: { characters: ["${name}"] }) { nodes { ew ns z nearestTown dungeon } } }`,
    of: (data: { rares: { nodes: unknown[] } }) => data.rares.nodes[0],
  },
  {
    type: 'Alert',
    query: (name) =>
      `{ alerts(where: { characters: ["${name}"], kinds: [WATCH] }) { nodes { text ew ns z nearestTown dungeon } } }`,
    of: (data: { alerts: { nodes: { text: string }[] } }) =>
      data.alerts.nodes.find(({ text }) => text.startsWith('kills')),
  },
  {
    type: 'Peer',
    query: () => '{ peers { character { name } position { ew ns z heading landCell } } }',
    of: (data: { peers: { character: { name: string } }[] }, name) =>
      data.peers.find(({ character }) => character.name === name),
  },
  {
    type: 'Portal',
    query: (name) => `{ portals(text: "Portal of ${name}") { nodes { discoveredBy { name } } } }`,
    of: (data: { portals: { nodes: unknown[] } }) => data.portals.nodes[0],
  },
]

/** Whole units of whatever is a coordinate, and nothing of what tells more. */
function roughly(value: unknown, field = ''): unknown {
  if (['z', 'heading', 'landCell'].includes(field)) return Array.isArray(value) ? value.map(() => null) : null
  if (Array.isArray(value)) return value.map((entry: unknown) => roughly(entry, field))
  if (typeof value === 'number') return field === 'seconds' ? value : Math.round(value) + 0
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, roughly(inner, name)]))
}

describe('places', () => {
  it('are looked at for every field that declares one', () => {
    const seen = witnesses.flatMap(({ type }) =>
      [...(guild.declared.get(type) ?? [])].filter(([, { place }]) => place).map(([name]) => `${type}.${name}`),
    )
    // What visitors of a shared view are shown has a test of its own, below.
    expect([...seen, 'SharedCharacter.ew', 'SharedCharacter.ns'].sort()).toEqual(declaring('place'))
  })

  it('are shown to all viewers according to the character’s setting', async () => {
    for (const { type, query, of, absent = [] } of witnesses)
      for (const shown of ['EXACT', 'BLURRED', 'HIDDEN'] as const) {
        const name = characters[shown]
        const found = async (viewer: Viewer) => {
          guild.seeds.publish()
          return of((await guild.ask(viewer, query(name))).data as never, name) as
            Record<string, unknown> | undefined | null
        }
        const whole = (await found(askers.find((asker) => asker.name === 'admin')!.viewer))!
        expect(whole, `${type} of ${shown} is there`).toBeTruthy()
        for (const { name: asker, viewer, seesAll } of askers) {
          const given = await found(viewer)
          const what = `${type} of ${shown} for ${asker}`
          if (seesAll || shown === 'EXACT')
            expect(withoutMoments(type, given), what).toEqual(withoutMoments(type, whole))
          else if (absent.includes(shown)) expect(given ?? null, what).toBeNull()
          else
            for (const [field, { place }] of guild.declared.get(type)!)
              if (place && field in whole) {
                const none = Array.isArray(whole[field]) ? [] : null
                const rough = place.rough || (type === 'TrailPath' && field === 'z')
                expect(given![field], `${what}: ${field}`).toEqual(
                  shown === 'BLURRED' && rough ? roughly(whole[field], field) : none,
                )
              }
        }
      }
  })

  /**
   * A way ends at the moment it is asked for, and its seconds count from where it begins. Others in a picture have
   * their own test.
   */
  function withoutMoments(type: string, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const { seconds: _, objects: __, radar: ___, ...rest } = value as Record<string, unknown>
    return rest
  }
})

const COORDINATES = ['ew', 'ns', 'z', 'heading', 'landCell']
/** Of no character, or within a field that is a @place itself. */
const NOBODYS = [
  'DungeonLevel',
  // Where somebody put a mark.
  'MapPoint',
  'PeerPosition',
  'Portal',
  'PublicLook',
  'PublicWorldEntity',
  'RadarObject',
  // Where the map of a shared view stands.
  'SharedView',
  // Places of another world, which no character hides, or of Dereth without characters that hide theirs.
  'TraceLook',
  'TrailPoint',
  'WorldEntity',
  'WorldSight',
]

/** Coordinates in an answer that say more than may be shown. */
function tooExact(value: unknown, shown: PlaceShown, field = ''): unknown[] {
  if (Array.isArray(value)) return value.flatMap((entry) => tooExact(entry, shown, field))
  if (typeof value === 'number' && COORDINATES.includes(field))
    return shown === 'BLURRED' && (field === 'ew' || field === 'ns') && Number.isInteger(value) ? [] : [[field, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    tooExact(inner, shown, COORDINATES.includes(field) ? field : name),
  )
}

describe('coordinates', () => {
  it('of characters are all declared to be places', () => {
    const open = [...guild.declared].flatMap(([type, fields]) =>
      [...fields].some(([name, { place }]) => COORDINATES.includes(name) && !place) ? [type] : [],
    )
    expect(open.sort()).toEqual(NOBODYS)
  })

  it('are nowhere in an answer, declared or not, where the character hides or blurs them', async () => {
    for (const { name: asker, viewer } of askers.filter(({ seesAll }) => !seesAll))
      for (const shown of ['BLURRED', 'HIDDEN'] as const)
        for (const { type, query, of } of witnesses) {
          const { data } = await guild.ask(viewer, query(characters[shown]))
          expect(tooExact(of(data as never, characters[shown]), shown), `${type} of ${shown} for ${asker}`).toEqual([])
        }
  })
})

describe('a shared view', () => {
  it('shows its visitors those who blur their place roughly, and those who hide it not at all', async () => {
    await guild.pool.query('update latest_telemetry set ew = 1.4, ns = 2.6, received_at = now()')
    const visitor = viewerOf(
      ASKERS.find(({ name }) => name === 'shared view')!,
      guild.seeds,
    )!
    const shown = (rows: { name: string }[]) => new Map(rows.map((row) => [row.name, row]))
    const { data } = await guild.ask(visitor, '{ sharedCharacters { name ew ns } }')
    const asked = shown((data as { sharedCharacters: { name: string }[] }).sharedCharacters)
    const stream = await guild.execute(visitor, 'subscription { sharedCharactersMoved { name ew ns } }')
    const events = (stream as AsyncIterable<ExecutionResult>)[Symbol.asyncIterator]()
    const first = (await events.next()) as IteratorYieldResult<ExecutionResult>
    const followed = shown(first.value.data!['sharedCharactersMoved'] as { name: string }[])
    await events.return?.()
    for (const rows of [asked, followed]) {
      const { HIDDEN, BLURRED, EXACT } = characters
      expect(rows.get(EXACT)).toEqual({ name: EXACT, ew: 1.4, ns: 2.6 })
      expect(rows.get(BLURRED)).toEqual({ name: BLURRED, ew: 1, ns: 3 })
      expect(rows.has(HIDDEN)).toBe(false)
    }
  })
})

describe('what is near a place', () => {
  /** Each list by the names of the characters it finds, of rows that all were put at the same place. */
  const lists: Record<string, { find: (near: string) => string; names: (data: never) => string[] }> = {
    rares: {
      find: (near) => `{ rares(where: { near: ${near} }, first: 500) { nodes { name character { name } } } }`,
      names: (data: { rares: { nodes: { name: string; character: { name: string } }[] } }) =>
        data.rares.nodes.filter(({ name }) => name.startsWith('Pearl of')).map(({ character }) => character.name),
    },
    rareStatistics: {
      find: (near) => `{ rareStatistics(where: { near: ${near} }) { names(first: 500) { name } } }`,
      names: (data: { rareStatistics: { names: { name: string }[] } }) =>
        data.rareStatistics.names.flatMap(({ name }) => /^Pearl of (.*)/.exec(name)?.[1] ?? []),
    },
    alerts: {
      find: (near) =>
        `{ alerts(where: { near: ${near}, kinds: [DEATH] }, first: 500) { nodes { character { name } } } }`,
      names: (data: { alerts: { nodes: { character: { name: string } }[] } }) =>
        data.alerts.nodes.map(({ character }) => character.name),
    },
    characters: {
      find: (near) => `{ characters(where: { near: ${near} }, first: 500) { nodes { name } } }`,
      names: (data: { characters: { nodes: { name: string }[] } }) => data.characters.nodes.map(({ name }) => name),
    },
  }

  it('is found by the place that the viewer is shown: hidden ones never, blurred ones by whole units', async () => {
    await guild.pool.query('update latest_telemetry set ew = 1.4, ns = 2.6, received_at = now()')
    await guild.pool.query(
      `insert into alerts (kind, character_id, at, severity, text, details, key)
       select 'DEATH', id, now(), 'CRITICAL', name || ' died', '{}', 'near ' || id from characters`,
    )
    const { HIDDEN, BLURRED } = characters
    for (const [list, { find, names }] of Object.entries(lists))
      for (const { name: asker, viewer, seesAll } of askers) {
        const found = async (near: string) => names((await guild.ask(viewer, find(near))).data as never).sort()
        const hidden = seesAll ? [] : [HIDDEN, BLURRED]
        const exact = guild.names.filter((name) => !hidden.includes(name)).sort()
        expect(await found('{ ew: 1.4, ns: 2.6, distance: 0.1 }'), `${list} for ${asker}`).toEqual(exact)
        const rough = await found('{ ew: 1, ns: 3, distance: 0.1 }')
        expect(rough, `${list} for ${asker}, roughly`).toEqual(seesAll ? [] : [BLURRED])
        const around = guild.names.filter((name) => seesAll || name !== HIDDEN).sort()
        expect(await found('{ ew: 1, ns: 3, distance: 300 }'), `${list} for ${asker}, all over`).toEqual(around)
      }
  })
})

/** What of which characters comes through a filtered field: one name or text a row. */
const filtered: Record<string, { query: string; rows: (data: never) => unknown[] }> = {
  'Query.chat': {
    query: '{ chat(where: { senders: ["Somebody"] }) { nodes { text } } }',
    rows: (data: { chat: { nodes: { text: string }[] } }) => data.chat.nodes.map(({ text }) => text),
  },
  'Query.alerts': {
    query: '{ alerts(where: { kinds: [WATCH] }) { nodes { text details } } }',
    rows: (data: { alerts: { nodes: { text: string }[] } }) => data.alerts.nodes.map(({ text }) => text),
  },
  'Query.guildEvents': {
    query: `{ guildEvents(where: { kinds: [ALERT] }, first: 500) {
        nodes { detail { ... on Alert { kind text details } } } } }`,
    rows: (data: { guildEvents: { nodes: { detail: { kind: string; text: string } }[] } }) =>
      data.guildEvents.nodes.flatMap(({ detail }) => (detail.kind === 'WATCH' ? [detail.text] : [])),
  },
  'Subscription.guildEvents': {
    query: 'subscription { guildEvents(where: { kinds: [ALERT] }) { detail { ... on Alert { text details } } } }',
    rows: (data: { guildEvents: { detail: { text: string } } }) => [data.guildEvents.detail.text],
  },
  'Query.replay': {
    query: `{ replay(${SPAN}) { character { name } } }`,
    rows: (data: { replay: { character: { name: string } }[] }) => data.replay.map(({ character }) => character.name),
  },
  'Query.trails': {
    query: '{ trails(seconds: 3600) { character { name } } }',
    rows: (data: { trails: { character: { name: string } }[] }) => data.trails.map(({ character }) => character.name),
  },
  'Character.radar': {
    query: '{ characters { nodes { name radar { objects { name } } } } }',
    rows: (data: { characters: { nodes: { name: string; radar: { objects: { name: string }[] } | null }[] } }) =>
      data.characters.nodes.flatMap(({ name, radar }) =>
        radar
          ? [
              `${name}: ${radar.objects
                .map((object) => object.name)
                .sort()
                .join()}`,
            ]
          : [],
      ),
  },
  'Subscription.chatReceived': {
    query: 'subscription { chatReceived { text } }',
    rows: (data: { chatReceived: { text: string } }) => [data.chatReceived.text],
  },
  'Subscription.chatLineReceived': {
    query: 'subscription { chatLineReceived { text } }',
    rows: (data: { chatLineReceived: { text: string } }) => [data.chatLineReceived.text],
  },
  'Subscription.alertRaised': {
    query: 'subscription { alertRaised { text details } }',
    rows: (data: { alertRaised: { text: string } }) => [data.alertRaised.text],
  },
  'Subscription.frameReceived': {
    query: 'subscription { frameReceived(types: ["portal"]) { characterName body } }',
    rows: (data: { frameReceived: { characterName: string | null; body: { near?: string } } }) => [
      data.frameReceived.characterName ?? `about ${data.frameReceived.body.near}`,
    ],
  },
}
const radarOf = (character: string) => ({
  query: `subscription { radarChanged(character: "${character}") { objects { name } } }`,
  rows: (data: { radarChanged: { objects: { name: string }[] } }) => [
    `${character}: ${data.radarChanged.objects
      .map(({ name }) => name)
      .sort()
      .join()}`,
  ],
})

/** Characters by what somebody may know of them. */
interface Known {
  all: readonly string[]
  /** Whose private messages. */
  read: readonly string[]
  /** Whose place, exactly. */
  exact: readonly string[]
  /** Whose place, at least roughly. */
  rough: readonly string[]
}

function knownTo({ name, seesAll }: { name: string; seesAll: boolean }): Known {
  const all = guild.names
  const { HIDDEN, BLURRED } = characters
  const own = all.filter((character) => Object.values(characters).includes(character))
  if (seesAll) return { all, read: name === 'owner' ? own : all, exact: all, rough: all }
  const rough = all.filter((character) => character !== HIDDEN)
  return { all, read: [], exact: rough.filter((character) => character !== BLURRED), rough }
}

/** What each filtered field lets through, by the rule it names. */
function expected(rule: string, { all, read, exact, rough }: Known): string[] {
  switch (rule) {
    case 'privateMessage':
      return [...read.map((name) => `TELL to ${name}`), ...all.map((name) => `SAY to ${name}`)]
    case 'alert':
    case 'guildEvent':
      return [
        ...read.map((name) => `tell of ${name}`),
        ...exact.map((name) => `place of ${name}`),
        ...all.map((name) => `kills of ${name}`),
      ]
    case 'frame':
      return exact.flatMap((name) => [name, `about ${name}`])
    case 'radar':
      return exact.map((name) => `${name}: ${[...exact].sort().join()}`)
    default:
      return [...rough]
  }
}

/** Fields of a shared view, which nobody else may use. */
const ofVisitors = ['Query.sharedCharacters', 'Subscription.sharedCharactersMoved']

describe('rows', () => {
  it('are looked at for every field that leaves some out', () => {
    expect([...Object.keys(filtered), 'Subscription.radarChanged', ...ofVisitors].sort()).toEqual(declaring('filtered'))
  })

  it('are visible to the viewers their rule allows, by query and by stream', async () => {
    for (const field of declaring('filtered').filter((field) => !ofVisitors.includes(field))) {
      const [type, name] = field.split('.') as [string, string]
      const rule = guild.declared.get(type)!.get(name)!.filtered!
      const cases = field === 'Subscription.radarChanged' ? guild.names.map(radarOf) : [filtered[field]!]
      for (const asker of askers) {
        const given: unknown[] = []
        const wanted = expected(rule, knownTo(asker)).sort()
        guild.seeds.publish()
        for (const { query, rows } of cases)
          given.push(
            ...(type === 'Subscription'
              ? await streamed(asker.viewer, query, rows, cases.length > 1 ? 0 : wanted.length)
              : rows((await guild.ask(asker.viewer, query)).data as never)),
          )
        expect(given.sort(), `${field} for ${asker.name}`).toEqual(wanted)
      }
    }
  })

  it('are not counted for viewers they are hidden from', async () => {
    for (const asker of askers) {
      const { data } = await guild.ask(asker.viewer, '{ alerts(where: { kinds: [WATCH] }) { totalCount } }')
      expect(data).toEqual({ alerts: { totalCount: expected('alert', knownTo(asker)).length } })
    }
  })

  /** What a stream tells of one round of events about everybody: at least so many rows, and whatever comes besides. */
  async function streamed(
    viewer: Viewer,
    query: string,
    rowsOf: (data: never) => unknown[],
    wanted: number,
  ): Promise<unknown[]> {
    const { first, events } = await guild.changes(viewer, query)
    for (const name of guild.names) await happen(guild.pool, guild.pubsub, name, guild.names)
    const rows: unknown[] = []
    for (let next = first; ; next = events.next()) {
      const step = rows.length < wanted ? await next : await Promise.race([next, settled()])
      if (step === null) break
      const { data, errors } = (step as IteratorYieldResult<ExecutionResult>).value
      expect(errors).toBeUndefined()
      rows.push(...rowsOf(data as never))
    }
    await events.return?.()
    return rows
  }
  /** Null once whatever was published has been handed on. */
  async function settled(): Promise<null> {
    for (let n = 0; n < 50; n++) await new Promise(setImmediate)
    return null
  }
})

describe('a row that a list should have left out', () => {
  it('is refused by every field that guards it', () => {
    const blind = settingsOf({ Theirs: { owner: 'them', placeShown: 'HIDDEN' } })
    const rows: Record<string, object> = {
      ChatLine: { channel: 'TELL', character: 'Theirs', text: 'psst', sender: 'x' },
      ChatUtterance: { id: '1', channel: 'TELL', character: 'Theirs', text: 'psst', sender: 'x' },
      Alert: { character: 'Theirs', text: 'x', details: { field: 'EW' } },
      RelayedFrame: { character: null, body: { near: 'Theirs' } },
    }
    const codes = (viewer: Viewer) =>
      declaring('guarded').map((field) => {
        const [type, name] = field.split('.') as [string, string]
        const schema = guild.subgraphs.find((subgraph) => subgraph.schema.getType(type))!.schema
        const { resolve } = (schema.getType(type) as GraphQLObjectType).getFields()[name]!
        try {
          return resolve!(rows[type], {}, { viewer, privacy: privacyOf(viewer, blind, 'admins') }, {
            fieldName: name,
          } as never)
        } catch (error) {
          return (error as GraphQLError).extensions['code']
        }
      })
    for (const { viewer, name } of askers)
      if (viewer.role !== 'admin') expect(codes(viewer), name).toEqual(declaring('guarded').map(() => 'FORBIDDEN'))
      else expect(codes(viewer)).not.toContain('FORBIDDEN')
  })
})
