import type { Frame, Simulator } from '../../ingest/simulator/simulator.ts'
import type { TestOverlord } from '../../shared/testing/start-overlord.ts'
import { allPages } from './all-pages.ts'
import { differences, momentOf } from './differences.ts'
import { NOWHERE } from './open-feeds.ts'

// Portals, monsters, quests, equipment, dungeons and counts: what was sent of them beside what is answered.
type Truth = Simulator['truth']
const framesOf = (truth: Truth, names: readonly string[], type: string): Frame[] =>
  names.flatMap((name) => truth.of(name).relayed.filter((frame) => frame.type === type))
const placeOf = (place: { ew: number; ns: number }, perUnit: number) =>
  `${Math.round(place.ns * perUnit) + 0} ${Math.round(place.ew * perUnit) + 0}`
const asPlace = (frame: Frame) => frame as Frame & { ew: number; ns: number }

/** One portal at every reported place, to a tenth, with a name and a discoverer that were reported. */
export async function portalDifferences(
  overlord: TestOverlord,
  truth: Truth,
  names: readonly string[],
): Promise<string[]> {
  const sightings = new Map<string, Frame[]>()
  for (const frame of framesOf(truth, names, 'portal'))
    sightings.set(placeOf(asPlace(frame), 10), [...(sightings.get(placeOf(asPlace(frame), 10)) ?? []), frame])
  const { data } = await overlord.graph<{
    portals: { nodes: { name: string; ew: number; ns: number; discoveredBy: { name: string } }[] }
  }>('query OraclePortals { portals(first: 1000) { nodes { name ew ns discoveredBy { name } } } }')
  const answered = data.portals.nodes.filter((portal) => Math.abs(portal.ew - NOWHERE.ew) > 0.05)
  const found = answered.flatMap(({ name, discoveredBy, ...place }) => {
    const frames = sightings.get(placeOf(place, 10)) ?? []
    const isKnown =
      frames.some((frame) => frame['portal_name'] === name) &&
      frames.some((frame) => frame.character_name === discoveredBy.name)
    return isKnown ? [] : [`${name} of ${discoveredBy.name} was never reported`]
  })
  const places = (keys: Iterable<string>) => new Map([...keys].map((key) => [key, true]))
  return [...found, ...differences(places(sightings.keys()), places(answered.map((portal) => placeOf(portal, 10))))]
}

/** As many monsters in every cell of the heatmap as were reported, of all kinds and of each. */
export async function spawnDifferences(
  overlord: TestOverlord,
  truth: Truth,
  names: readonly string[],
): Promise<{ compared: number; found: string[] }> {
  const frames = framesOf(truth, names, 'spawn')
  const found: string[] = []
  for (const cell of [0.5, 1, 2])
    for (const monster of [null, ...new Set(frames.map((frame) => String(frame['mob'])))]) {
      const { data } = await overlord.graph<{
        spawnHeatmap: { size: number; edge: number; cells: number[]; spawns: number[]; total: number }
      }>(
        `query OracleHeat($cell: Float!, $monster: String) { spawnHeatmap(hours: 24, cellSize: $cell, monster: $monster)
          { size edge cells spawns total } }`,
        { cell, monster },
      )
      const { size, edge, cells, spawns, total } = data.spawnHeatmap
      const counted = new Map<string, number>()
      const mine = frames.map(asPlace).filter((frame) => monster === null || frame['mob'] === monster)
      for (const { ew, ns } of mine) {
        const key = String(Math.floor((edge - ns) / cell) * size + Math.floor((ew + edge) / cell))
        counted.set(key, (counted.get(key) ?? 0) + 1)
      }
      const answered = new Map(cells.map((key, nth) => [String(key), spawns[nth]]))
      found.push(...differences(counted, answered).map((line) => `${monster} by ${cell}: cell ${line}`))
      if (total !== mine.length) found.push(`${monster}: ${mine.length} sent, ${total} answered`)
    }
  return { compared: frames.length, found }
}

const secondsOf = (countdown: string): number => {
  if (countdown === 'READY') return 0
  const [days, hours, minutes] = /^(\d+)d (\d+)h (\d+)m$/.exec(countdown)!.slice(1).map(Number)
  return days! * 86_400 + hours! * 3_600 + minutes! * 60
}

/** The newest report on every quest of every character, ready when its countdown ends by our clock. */
export async function questDifferences(
  overlord: TestOverlord,
  truth: Truth,
  names: readonly string[],
): Promise<string[]> {
  const rows = await allPages<{
    name: string
    countdown: string
    readyAt: string
    receivedAt: string
    clientAt: string
    character: { name: string }
  }>(overlord, {
    list: 'quests',
    whereType: 'QuestWhere',
    select: 'name countdown readyAt receivedAt clientAt character { name }',
  })
  const answered = rows.map(({ character, name, countdown, clientAt, readyAt, receivedAt }) => {
    const seconds = (Date.parse(readyAt) - Date.parse(receivedAt)) / 1000
    return [`${character.name}: ${name}`, { countdown, clientAt, seconds }] as const
  })
  const sent = names.flatMap((character) =>
    [...truth.of(character).quests].map(([name, frame]) => {
      const countdown = String(frame['countdown'])
      return [
        `${character}: ${name}`,
        { countdown, clientAt: momentOf(frame.timestamp!), seconds: secondsOf(countdown) },
      ] as const
    }),
  )
  return differences(new Map(sent), new Map(answered))
}

/** What every character wears, with its mana and spells, as last reported. */
export async function equipmentDifferences(
  overlord: TestOverlord,
  truth: Truth,
  names: readonly string[],
): Promise<string[]> {
  interface Answered {
    name: string
    equipment: { raw: unknown; items: { itemId: number; currentMana: number }[] } | null
  }
  const { data } = await overlord.graph<{ characters: { nodes: Answered[] } }>(
    `query OracleEquipment($names: [String!]) { characters(where: { names: $names }, first: 500) {
      nodes { name equipment { raw items { itemId currentMana } } } } }`,
    { names },
  )
  const sent = names.map((name) => {
    const frame = truth.of(name).cantrips
    const items = (frame?.['items'] as { item_id: number; current_mana: number }[] | undefined) ?? []
    return [
      name,
      frame && {
        raw: frame,
        items: items.map((item) => ({ itemId: item.item_id >>> 0, currentMana: item.current_mana })),
      },
    ] as const
  })
  return differences(new Map(sent), new Map(data.characters.nodes.map(({ name, equipment }) => [name, equipment])))
}

const FIGURES = 'kills deaths tapersUsed rares'

/** What every session and every life adds up to. */
export async function tallyDifferences(
  overlord: TestOverlord,
  truth: Truth,
  names: readonly string[],
): Promise<string[]> {
  const found: string[] = []
  for (const name of names) {
    const { data } = await overlord.graph<{
      character: { totals: unknown; playSessions: { nodes: ({ sessionId: string } & Record<string, unknown>)[] } }
    }>(
      `query OracleTotals($name: String!) { character(name: $name) { totals { ${FIGURES} } playSessions(first: 500) {
        nodes { sessionId ${FIGURES} } } } }`,
      { name },
    )
    const { sessions, rares } = truth.of(name)
    const answered = data.character.playSessions.nodes.map(({ sessionId, ...figures }) => [sessionId, figures] as const)
    const sent = new Map<string, unknown>(sessions.byId).set('life', { ...sessions.life(), rares: rares.length })
    found.push(
      ...differences(sent, new Map<string, unknown>(answered).set('life', data.character.totals)).map(
        (line) => `${name}: ${line}`,
      ),
    )
  }
  const { data } = await overlord.graph<{ totals: { kills: number } }>(
    'query OracleGuild($names: [String!]) { totals(characters: $names) { kills } }',
    { names },
  )
  const kills = names.reduce((sum, name) => sum + truth.of(name).sessions.life().kills, 0)
  return data.totals.kills === kills ? found : [...found, `the guild: ${kills} kills, ${data.totals.kills} answered`]
}
