// Rows of every kind that the graph can show, and whose they are.
import { publishSeeds } from './published-seeds.ts'
import { randomUUID } from 'node:crypto'
import type { Role } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { OwnedKind } from '../../shared/access/ownership.ts'
import { seedGame } from './game-seeds.ts'

export type Person = Role | 'owner'

export interface Seeds {
  /** Ids of people: one of each role, and a viewer who owns characters. */
  people: Record<Person, string>
  /** Ids of tokens by the role of their scopes. */
  tokens: Record<Role, string>
  /** A link to a shared view. */
  viewLink: string
  /** The characters: the first three are the owner's. */
  hidden: string
  blurred: string
  exact: string
  /** Nobody's. */
  free: string
  note: string
  comment: string
  item: string
  landblock: string
  /** Something of this kind that belongs to this viewer. */
  ownedBy(kind: OwnedKind, viewer: { kind: string; id: string }): Promise<string>
  /** Publishes once more what is only in memory, and forgotten after seconds. */
  publish(): void
}

export async function seed(pool: Pool, pubsub: PubSub, names: readonly string[]): Promise<Seeds> {
  const [hidden, blurred, exact, free] = names as [string, string, string, string]
  const one = async (text: string, values: unknown[] = []) =>
    (await pool.query<{ id: string }>(text, values)).rows[0]!.id
  const person = (name: string, role: Role) =>
    one('insert into users (username, role) values ($1, $2) returning id::text as id', [name, role])
  const people = {
    viewer: await person('viewer', 'viewer'),
    operator: await person('operator', 'operator'),
    admin: await person('admin', 'admin'),
    owner: await person('owner', 'viewer'),
  }
  const tokens = { viewer: randomUUID(), operator: randomUUID(), admin: randomUUID() }
  for (const [name, shown, owner] of [
    [hidden, 'HIDDEN', people.owner],
    [blurred, 'BLURRED', people.owner],
    [exact, 'EXACT', people.owner],
  ])
    await pool.query(
      "insert into character_settings (name, owner_id, place_shown, changed_by) values ($1, $2, $3, 'seed')",
      [name, owner, shown],
    )
  await seedPrivate(pool, names)
  await seedPublic(pool, names)
  for (const [name, id] of Object.entries(people)) {
    await pool.query(
      "insert into user_sessions (id_hash, user_id, ends_at, idle_s) values ($1, $2, now() + interval '1 day', 3600)",
      [sessionOf(name as Person), id],
    )
    await pool.query("insert into layouts (user_id, name, body) values ($1, $2, '{}')", [id, `of ${name}`])
    await pool.query("insert into saved_filters (user_id, list, name, body) values ($1, 'items', $2, '{}')", [
      id,
      `of ${name}`,
    ])
  }
  await pool.query("insert into service_tokens (name, secret_hash, scopes) values ('some bot', '\\x00', '{read}')")
  for (const [role, id] of Object.entries(tokens)) {
    await pool.query('insert into service_tokens (id, name, secret_hash, scopes) values ($1, $2, sha256($3), $4)', [
      id,
      `token of ${role}`,
      role,
      ['read'],
    ])
    await pool.query("insert into token_values (token_id, key, value) values ($1, 'cursor', '1')", [id])
  }
  await pool.query(
    `insert into mcp_calls (at, viewer_kind, viewer_id, viewer_name, transport, tool, arguments, client, row_count,
       duration_ms, outcome, trace)
     values (now(), 'token', '1', 'a bot', 'HTTP', 'get_live_players', '{}', 'a client', 1, 5, 'OK', 'a trace')`,
  )
  const note = await one(
    `insert into board_notes (title, body, author_kind, author_id, author_name)
      values ('t', 'b', 'user', '1', 'x') returning id::text as id`,
  )
  const comment = await one(
    `insert into board_comments (note_id, text, author_kind, author_id, author_name)
      values ($1, 'c', 'user', '1', 'x') returning id::text as id`,
    [note],
  )
  for (const id of Object.values(people)) {
    await ownedBy(pool, 'session', { kind: 'user', id })
    await ownedBy(pool, 'watchRule', { kind: 'user', id })
    await ownedBy(pool, 'mapMark', { kind: 'user', id })
    await ownedBy(pool, 'viewLink', { kind: 'user', id })
    await ownedBy(pool, 'assistantSession', { kind: 'user', id })
    await seedGame(pool, id)
  }
  await seedWorld(pool)
  const { rows: items } = await pool.query<{ id: string }>("select server || ':' || game_id as id from items limit 1")
  return {
    people,
    tokens,
    viewLink: await ownedBy(pool, 'viewLink', { kind: 'user', id: people.viewer }),
    hidden,
    blurred,
    exact,
    free,
    note,
    comment,
    item: items[0]!.id,
    landblock: '01E9',
    ownedBy: (kind, viewer) => ownedBy(pool, kind, viewer),
    publish: () => publishSeeds(pubsub, names),
  }
}

/** What is stored of the session a person asks with. */
export const sessionOf = (person: Person): Buffer => Buffer.from(`the session of ${person}`)

let made = 0
const WHOLE_MAP = {
  ew: 1,
  ns: 2,
  across: 200,
  selected: null,
  following: false,
  layers: ['names'],
  colouring: 'state',
  moment: null,
  hidesOthers: false,
  filters: [{ colour: 'RED', where: {} }],
}

async function ownedBy(pool: Pool, kind: OwnedKind, viewer: { kind: string; id: string }): Promise<string> {
  const nth = made++
  const chat = () =>
    one("insert into assistant_sessions (user_id, title) values ($1, 'x') returning id::text as id", [viewer.id])
  const one = async (text: string, values: unknown[]) => (await pool.query<{ id: string }>(text, values)).rows[0]!.id
  if (kind === 'gmSession' || kind === 'gmPlayer' || kind === 'gmMaster') return seedGame(pool, viewer.id)
  switch (kind) {
    case 'account':
      return viewer.id
    case 'character':
      await pool.query("insert into character_settings (name, owner_id, changed_by) values ($1, $2, 'seed')", [
        `Owned ${nth}`,
        viewer.id,
      ])
      return `Owned ${nth}`
    case 'session':
      return one(
        `insert into user_sessions (id_hash, user_id, ends_at, idle_s)
          values ($1, $2, now() + interval '1 day', 3600) returning id::text as id`,
        [Buffer.from(`session ${nth}`), viewer.id],
      )
    case 'assistantSession': {
      const session = await chat()
      await seedTurn(pool, session, viewer.id, true)
      return session
    }
    case 'assistantTurn':
      return seedTurn(pool, await chat(), viewer.id, true)
    case 'mapMark':
      return one(
        `insert into map_marks (owner_kind, owner_id, owner_name, shape, ew, ns, note, colour, audience)
         values ($1, $2, 'x', 'PIN', '{1}', '{2}', 'x', 'RED', 'EVERYONE') returning id::text as id`,
        [viewer.kind, viewer.id],
      )
    case 'viewLink':
      return one(
        `insert into view_links (user_id, name, secret_hash, ends_at, view) values ($1, 'x', sha256($2),
           now() + interval '1 day', $3) returning id::text as id`,
        [viewer.id, `link ${nth}`, JSON.stringify(WHOLE_MAP)],
      )
    case 'watchRule':
      return one(
        `insert into watch_rules (owner_kind, owner_id, owner_name, name, field, comparison,
           number, for_s, quiet_s, severity, enabled)
         values ($1, $2, 'x', 'x', 'KILLS', 'GT', 1, 0, 0, 'INFO', false) returning id::text as id`,
        [viewer.kind, viewer.id],
      )
  }
}

/** A question with one event of its answer; gives its id. */
export async function seedTurn(pool: Pool, session: string, user: string, isOver: boolean): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with t as (insert into assistant_turns (session_id, user_id, sign_in, message, ended_at)
       values ($1, $2, gen_random_uuid(), 'x', case when $3 then now() end) returning id, session_id)
     insert into assistant_events (turn_id, session_id, seq, kind, payload, trace)
     select id, session_id, 0, 'STATUS', '{}', 'x' from t returning turn_id::text as id`,
    [session, user, isOver],
  )
  return rows[0]!.id
}

/** Tells and alerts of each character: of what was said, of where it was, and of neither. */
async function seedPrivate(pool: Pool, names: readonly string[]): Promise<void> {
  for (const [n, name] of names.entries()) {
    for (const [m, channel] of ['TELL', 'SAY'].entries())
      await pool.query(
        `insert into chat (id, character_id, received_at, at, text, channel, sender)
         select $1, id, now(), now(), $2, $3, 'Somebody' from characters where name = $4`,
        [1_000_000 + 2 * n + m, `${channel} to ${name}`, channel, name],
      )
    for (const [what, details] of [
      ['tell', { channel: 'TELL' }],
      ['place', { field: 'EW' }],
      ['kills', { field: 'KILLS' }],
    ])
      await pool.query(
        `insert into alerts (kind, character_id, at, severity, text, details, key)
         select 'WATCH', id, now(), 'INFO', $1, $2, $1 from characters where name = $3`,
        [`${what as string} of ${name}`, JSON.stringify(details), name],
      )
  }
}

async function seedPublic(pool: Pool, names: readonly string[]): Promise<void> {
  for (const [n, name] of names.entries()) {
    const insert = (text: string) => pool.query(`${text} from characters where name = $1`, [name])
    await insert(`insert into portals (ns_tenths, ew_tenths, name, ew, ns, z, discovered_by, discovered_at, seen_at)
      select ${n}, 0, 'Portal of ' || name, 0, ${n / 10}, 0, id, now(), now()`)
    await insert(`insert into rares (character_id, name, tier, at, received_at, ew, ns, z)
      select id, 'Pearl of ' || name, 'COMMON', now(), now(), 1.4, 2.6, 3`)
    await insert(`insert into latest_telemetry (character_id, received_at, at, ew, ns, z)
      select id, now(), now(), 1.4, 2.6, 3`).catch(() => undefined)
    await insert(`insert into inventory_changes (character_id, at, added, updated, removed)
      select id, now(), '{x:1}', '{}', '{}'`)
    await insert(`insert into command_audit (viewer_kind, viewer_id, viewer_name, character_name, command,
      outcome, node, answered_at)
      select 'user', '1', 'x', name, '/radar start', 'DELIVERED', 'n', now()`)
  }
  for (const text of [
    `insert into dead_letters (received_at, type, character_name, path, reason, frame)
      values (now(), 'vitals', 'X', '/ew', 'no number', '{}')`,
    `insert into game_servers (name, address, state, since, next_check_at, next_count_at)
      values ('Coldeve', 'x:1', 'UP', now(), now(), now())`,
    "insert into game_server_history (name, at, state) values ('Coldeve', now(), 'UP')",
    `insert into guild_events (kind, at, character_id, server, details, command_id)
      select g.kind, now(), c.id, 'Coldeve', g.details, q.id from (values
        ('LEVEL', '{"level": 2, "previousLevel": 1}'::jsonb),
        ('QUEST_COMPLETED', '{"name": "Quest", "readyAt": "2026-01-01T00:00:00Z"}'),
        ('PLUGIN_CONNECTED', '{"previousSince": "2026-01-01T00:00:00Z"}'),
        ('INVENTORY', '{"added": ["x:1"], "removed": [], "addedCount": 1, "removedCount": 0}'),
        ('COMMAND', '{}')) g(kind, details)
      cross join (select id from characters limit 1) c cross join (select id from command_audit limit 1) q`,
    `insert into dungeon_maps (landblock, levels, changed_at)
      values ('01E9', '[{"z": 0, "cells": [{"envId": 1, "x": 0, "y": 0, "rotation": 0}]}]', now())`,
    `insert into audit (viewer_kind, viewer_id, viewer_name, action, subject, details, outcome)
      values ('user', '1', 'x', 'createUser', 'y', '{}', 'OK')`,
  ])
    await pool.query(text)
}

/** A step of a session that every viewer may see. */
export const seedTraceStep = (pool: Pool) =>
  pool.query(
    `with s as (
       insert into trace_sessions (source, key, reporter, player) values ('seed', 'seed', 'seed', 'x')
       on conflict (source, key) do update set used_at = now() returning id)
     insert into trace_steps (session_id, call, kind, step, tool, mode, input, result, looked_at, outcome, started_at,
       subjects)
     select id, gen_random_uuid()::text, 'CALL', 1, 'look', 'god', '{}', '{}', '{"x": 1, "y": 2, "z": 3, "radius": 4}',
       'OK', now(), '{"characters": [], "items": [], "query": null}' from s`,
  )

/** A trace, and a world with a chunk and a bot. */
async function seedWorld(pool: Pool): Promise<void> {
  await seedTraceStep(pool)
  const state = { connected: true, timeOfDay: 1, weather: 'CLEAR', focus: null }
  const bot = { id: 'bot', kind: 'BOT', name: 'bot', x: 1, y: 64, z: 1 }
  await pool.query("insert into world_leaders (world, leader, until) values ('demo', gen_random_uuid(), now())")
  await pool.query("insert into worlds (name, kind, seq, state, entities) values ('demo', 'DEMO', 1, $1, $2)", [
    JSON.stringify(state),
    JSON.stringify([bot]),
  ])
  const frame = { ...state, mode: 'god', player: 'x', palette: ['stone'], runs: [0, 0, 1, 64, 0], entities: [bot] }
  await pool.query("insert into world_frames (world, seq, view) values ('demo', 1, $1)", [JSON.stringify(frame)])
  const cells = { palette: ['stone'], blocks: Array<number>(256).fill(0), heights: Array<number>(256).fill(64) }
  await pool.query("insert into world_chunks (world, cx, cz, cells) values ('demo', 0, 0, $1)", [JSON.stringify(cells)])
}
