// Questions about the guild over thirty days of sixty characters, one operation each, through the whole of Overlord.
import { startSimulator } from '../../../ingest/simulator/simulator.ts'
import { openPool } from '../../../shared/db/pool.ts'
import { until } from '../../../shared/testing/until.ts'
import type { Figure } from '../figure.ts'
import { stage } from '../stage.ts'
import { DAYS, fillMonth } from './month.ts'

const CHARACTERS = 60
const RUNS = 5
/** No question takes longer. */
const MAX_MS = 200

/** Their names and operations, for one character, from thirty days ago. */
const questionsOf = (name: string, since: string, until: string): readonly (readonly [string, string])[] => {
  const window = `since: "${since}", until: "${until}"`
  const near = 'near: { ew: 0, ns: 0, distance: 20 }'
  return [
    ['who is near a place', `characters(where: { ${near} }) { nodes { name telemetry { nearestTown dungeon } } }`],
    [
      'deaths near a place',
      `alerts(where: { kinds: [DEATH], ${window}, ${near} }, first: 100) { totalCount nodes { cause nearestTown } }`,
    ],
    [
      'alerts of a character',
      `alerts(where: { characters: ["${name}"], ${window} }, first: 100) { totalCount nodes { kind text } }`,
    ],
    [
      'rares near a place',
      `rares(where: { ${window}, ${near} }, first: 100) { totalCount nodes { name nearestTown } }`,
    ],
    [
      'rares by tier, name and finder',
      `rareStatistics(where: { ${window} }) {
        count tiers { tier count } names(first: 20) { name count } finders(first: 20) { character { name } count } }`,
    ],
    ['rates of the fleet', `rates(${window}) { kills deaths rares xp luminance tapersUsed characters { kills } }`],
    ['rates of a character', `character(name: "${name}") { rates(${window}) { kills deaths rares xp } }`],
    ['rates of each character', `characters(first: 60) { nodes { name rates(${window}) { kills deaths } } }`],
    ['who kills most', 'leaderboard(metric: KILLS, hours: 720) { character { name } value }'],
    ['top monsters', `topMonsters(${window}, first: 50) { name kills damageGiven characterCount }`],
    ['top monsters by text', `topMonsters(${window}, text: "monster 1", first: 50) { name kills }`],
    [
      'a fight between two moments',
      `character(name: "${name}") { combatBetween(${window}) { kills monsters { name kills } } }`,
    ],
    ['where time is spent', `timeByPlace(${window}, first: 100) { place isDungeon seconds characterCount }`],
    ['where a character spends time', `timeByPlace(${window}, characters: ["${name}"], first: 100) { place seconds }`],
    ['how long the game server was up', `gameServer { uptime(${window}) { share outages } }`],
    ['who is connected', 'plugins { character { name } server since }'],
    ['sums of items', 'items(where: { text: "Taper" }) { sums { units names { name units } } }'],
    [
      'items by full name',
      'items(where: { text: "Gold Celdon" }, first: 50) { totalCount nodes { fullName character { name } } }',
    ],
    [
      'items changed lately',
      `items(where: { changedAt: { since: "${since}" } }, first: 50) { totalCount nodes { fullName } }`,
    ],
    [
      'inventory changes',
      `inventoryChanges(where: { ${window} }, first: 100) { totalCount nodes { addedCount removedCount } }`,
    ],
    ['full packs', 'packs(where: { fill: { min: 0.9 } }, first: 100) { container { fill } character { name } }'],
    ['what was said', 'chat(where: { kinds: [TALK] }, first: 200) { nodes { text heardBy { character { name } } } }'],
    ['what was said with a word', 'chat(where: { kinds: [TALK], text: "word 4999" }, first: 200) { nodes { text } }'],
    [
      'what was notable',
      `guildEvents(where: { ${window} }, first: 200) { totalCount nodes { kind detail { __typename } } }`,
    ],
    [
      'what was notable of one kind and character',
      `guildEvents(where: { kinds: [RARE, DEATH], characters: ["${name}"], ${window} }, first: 100) {
        totalCount nodes { kind } }`,
    ],
    [
      'time in the game by day',
      `character(name: "${name}") { history(${window}, bucket: DAY) { telemetry { at onlineSeconds } } }`,
    ],
    ['spawns of a week', 'spawnHeatmap(hours: 168) { total }'],
  ]
}

/** Every question in turn, some runs of each: the first is the slowest, when nothing is in memory. */
export async function benchQuestions(): Promise<Figure[]> {
  await using set = await stage()
  const { overlord } = set
  const play = await startSimulator({
    url: overlord.pluginUrl,
    secret: overlord.secret,
    characters: CHARACTERS,
    pace: 'fast',
    minutes: 3,
  })
  await play.done
  await play.stop()
  await until('all characters to be stored', async () => {
    const { data } = await overlord.graph<{ items: { totalCount: number }; characters: { totalCount: number } }>(
      '{ characters { totalCount } items(first: 1) { totalCount } }',
    )
    return data.characters.totalCount === CHARACTERS && data.items.totalCount > 0
  })
  const begun = performance.now()
  const pool = openPool(set.databaseUrl, { name: 'month', max: 1 })
  const now = new Date()
  await fillMonth(pool, now)
  await pool.end()
  const seedSeconds = (performance.now() - begun) / 1_000
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString()
  for (let n = 0; n < RUNS; n++) await overlord.graph('{ characters { totalCount } }')
  const figures: Figure[] = []
  for (const [name, query] of questionsOf(play.characters[0]!, since, now.toISOString())) {
    const times: number[] = []
    let answer = ''
    for (let run = 0; run < RUNS; run++) {
      const from = performance.now()
      answer = JSON.stringify((await overlord.graph(`{ ${query} }`)).data)
      times.push(performance.now() - from)
    }
    times.sort((a, b) => a - b)
    figures.push({
      bench: 'questions',
      name,
      unit: 'ms',
      better: 'less',
      ours: times[RUNS >> 1]!,
      control: null,
      against: null,
      asked: MAX_MS,
      beside: {
        'longest ms': times.at(-1)!,
        bytes: answer.length,
        ...(figures.length ? {} : { 'seeded in s': seedSeconds }),
      },
    })
  }
  return figures
}
