// Something that happened, of every kind that the graph can tell of.
import { COMMAND_AUDIT_TOPIC } from '../../shared/contract/commands.ts'
import { GUILD_EVENT_TOPIC } from '../../shared/contract/guild-events.ts'
import { MAP_MARKS_TOPIC, type MapMarkEvent } from '../../shared/contract/map-marks.ts'
import { frameTopic, topic, type EventKind } from '../../shared/contract/topics.ts'
import { TRACE_TOPIC } from '../../shared/contract/traces.ts'
import { heartbeatTopic, modeTopic, worldTopic } from '../../shared/contract/world-view.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { partsOfGame, seedGame } from './game-seeds.ts'
import { radarOf } from './published-seeds.ts'
import { seedTraceStep, seedTurn } from './seeds.ts'

const PLACE = { ew: 1.4, ns: 2.6, z: 3 }
const WORLD = {
  world: 'demo',
  isComplete: true,
  connected: true,
  timeOfDay: 6_000,
  weather: 'CLEAR',
  focus: 'x',
  mode: 'god',
  player: 'x',
  cells: [{ x: 0, z: 0, y: 64, block: 'stone' }],
  entities: [{ id: 'player', kind: 'PLAYER', name: 'x', x: 1, y: 64, z: 1 }],
  gone: [],
}
let ids = 10_000_000

/** Publishes one event of each kind about a character. */
export async function happen(pool: Pool, pubsub: PubSub, character: string, names: readonly string[]): Promise<void> {
  const now = new Date().toISOString()
  const id = String(++ids)
  const base = { id, character, at: now, clientAt: now, sentAt: now, receivedAt: now }
  const { rows } = await pool.query<{ key: string }>(
    'select s.key from combat_sessions s join characters c on c.id = s.character_id where c.name = $1 limit 1',
    [character],
  )
  const { rows: marks } = await pool.query<{ id: string }>('select id::text as id from map_marks limit 1')
  pubsub.publish(MAP_MARKS_TOPIC, { id: marks[0]!.id, before: null } satisfies MapMarkEvent)
  // Of a quest the event only says that it changed.
  await pool.query(
    `insert into quests (character_id, name, at, received_at) select id, 'Quest', now(), now() from characters
      where name = $1
     on conflict do nothing`,
    [character],
  )
  // The stream of notable events reads the log.
  await pool.query(
    `insert into guild_events (kind, at, character_id, alert_id) select 'ALERT', now(), c.id, a.id
     from alerts a join characters c on c.id = a.character_id where c.name = $1 and a.kind = 'WATCH' order by a.id`,
    [character],
  )
  pubsub.publish(GUILD_EVENT_TOPIC, {})
  const events: Partial<Record<EventKind, object>> = {
    telemetry: { ...base, ...PLACE, kills: 1, tag: null },
    vitals: { ...base, health: 5 },
    rare: { ...base, ...PLACE, name: 'Pearl', tier: 'COMMON' },
    change: { ...base, added: [], updated: [], removed: [], addedCount: 0, updatedCount: 0, removedCount: 0 },
    inventory: { ...base, added: [], updated: [], removed: [], addedCount: 0, updatedCount: 0, removedCount: 0 },
    combat: { ...base, sessionId: rows[0]?.key },
    sheet: base,
    quest: { ...base, name: 'Quest', countdown: null, readyAt: null },
    equipment: base,
    radar: radarOf(character, names),
  }
  for (const [kind, event] of Object.entries(events)) pubsub.publish(topic(kind as EventKind, character), event)
  for (const channel of ['TELL', 'SAY']) {
    const line = { ...base, text: `${channel} to ${character}`, color: null, channel, sender: 'x' }
    pubsub.publish(topic('chat', character), line)
    pubsub.publish(topic('utterance', character), { ...line, changeId: id, listener: character, heardBefore: [] })
  }
  for (const [what, details] of [
    ['tell', { channel: 'TELL' }],
    ['place', { field: 'EW' }],
    ['kills', { field: 'KILLS' }],
  ])
    pubsub.publish(topic('alert', character), {
      ...base,
      id: String(++ids),
      kind: 'WATCH',
      severity: 'INFO',
      text: `${what as string} of ${character}`,
      details,
    })
  for (const [about, body] of [
    ['of', {}],
    ['about', { near: character }],
  ] as const)
    pubsub.publish(frameTopic('portal'), {
      type: 'portal',
      character: about === 'of' ? character : null,
      receivedAt: now,
      body: { ...body, about },
    })
  await seedTraceStep(pool)
  pubsub.publish(TRACE_TOPIC, {})
  pubsub.publish(worldTopic(WORLD.world), { ...WORLD, at: now, seq: ++ids })
  pubsub.publish(modeTopic(WORLD.world), { ...WORLD, at: now })
  pubsub.publish(heartbeatTopic(WORLD.world), { ...WORLD, at: now, players: WORLD.entities })
  pubsub.publish('assistant.asked', { turnId: await askSomething(pool), sessionId: 'x' })
  const game = await happeningGame(pool)
  pubsub.publish('gm.turns.begun', { turnId: game.turn, sessionId: game.id })
  pubsub.publish(topic('dungeon', '01E9'), { landblock: '01E9' })
  pubsub.publish(COMMAND_AUDIT_TOPIC, {
    ...base,
    actorKind: 'USER',
    actor: 'x',
    command: '/x',
    outcome: 'DELIVERED',
    node: 'n',
    answeredAt: now,
  })
}

/** A question of somebody new, which nobody has taken yet; gives its turn. */
export async function askSomething(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ session: string; user: string }>(
    `with u as (insert into users (username, role) values ('new ' || gen_random_uuid(), 'viewer') returning id)
     insert into assistant_sessions (user_id) select id from u returning id::text as session, user_id::text as user`,
  )
  const { session, user } = rows[0]!
  await seedTurn(pool, session, user, true) // what was asked before comes along
  return seedTurn(pool, session, user, false)
}

const games = new WeakMap<Pool, ReturnType<typeof gameOfSomebody>>()

/** The same game each time; its turn under way begins again, and nobody has taken it. */
async function happeningGame(pool: Pool) {
  const game = games.get(pool) ?? gameOfSomebody(pool)
  games.set(pool, game)
  await pool.query('update gm_turns set claim = null, started_at = now() where id = $1', [(await game).turn])
  return game
}

/** A game of somebody new, whose turn under way nobody has taken yet. */
export async function gameOfSomebody(pool: Pool) {
  const { rows } = await pool.query<{ id: string }>(
    "insert into users (username, role) values ('new ' || gen_random_uuid(), 'viewer') returning id::text as id",
  )
  const leader = rows[0]!.id
  const id = await seedGame(pool, leader)
  return { id, leader, ...(await partsOfGame(pool, id)) }
}
