import { topic } from '../../shared/contract/topics.ts'
import { GUILD_EVENT_TOPIC } from '../../shared/contract/guild-events.ts'
import { transaction, type Client, type Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import { presenceOf } from '../../shared/pubsub/presence.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { regularly } from '../clocks/regularly.ts'

const CHECK_MS = 2_000
/** A character is there when it was heard within this time. */
const LIVE_MS = 30_000
/** It left when it was not heard for this time. */
const GONE_MS = 60_000
/** So long after our start every process has reported its plugins, and plugins that lost their process are back. */
const GRACE_MS = 30_000
/**
 * A burst of inventory changes is over after so long without one, and is reported at the latest so long after its
 * first.
 */
const QUIET_S = 2
const MAX_BURST_S = 30
const LOCK = 7_219_012

export interface Attendance extends AsyncDisposable {
  /** Stores what came and went since the last time. Runs on a timer; tests may call it. */
  check(): Promise<void>
}

/** Who is there, of plugins or of characters; by name, with the game server where it is known. */
export interface Present {
  what: 'PLUGIN' | 'CHARACTER'
  names: ReadonlyMap<string, string | null>
  /** Names that are not known to have left either. */
  unsure: (name: string) => boolean
}

/**
 * Logs characters and plugins that come and go, and bursts of inventory changes that are over. What was logged last is
 * in the database, so a restart neither repeats nor loses one; of several processes one does it at a time.
 * @param gameServer the server of plugins that name none
 */
export async function watchAttendance({
  pool,
  pubsub,
  log,
  gameServer,
  clock = Date.now,
}: {
  pool: Pool
  pubsub: PubSub
  log: Log
  gameServer: string
  clock?: () => number
}): Promise<Attendance> {
  const heard = new Map<string, number>()
  const presence = await presenceOf(pubsub, { clock })
  const stop = await pubsub.subscribe(topic('telemetry'), (event) => {
    heard.set((event as { character: string }).character, clock())
  })
  let listeningSince = clock()
  let checkedAt = clock()

  function present(now: number): Present[] {
    const plugins = new Map(presence.all().map(({ character, server }) => [character, server ?? gameServer]))
    const live = [...heard].filter(([, ms]) => now - ms <= LIVE_MS)
    return [
      { what: 'PLUGIN', names: plugins, unsure: () => now - listeningSince < GRACE_MS },
      {
        what: 'CHARACTER',
        // Of a new character no server is stored yet: it is on that of its plugin's registration.
        names: new Map(live.map(([name]) => [name, plugins.get(name) ?? null])),
        unsure: (name) => now - Math.max(heard.get(name) ?? 0, listeningSince) < GONE_MS,
      },
    ]
  }

  async function check(): Promise<void> {
    const now = clock()
    // While the process was suspended or the broker was away, nothing could be heard.
    if (now - checkedAt > 3 * CHECK_MS || !pubsub.ready()) listeningSince = now
    checkedAt = now
    const count = await transaction(pool, async (client) => {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LOCK])
      if (!rows[0]!.mine) return 0
      return (await logAttendance(client, present(now), new Date(now))) + (await logBursts(client))
    })
    for (const [name, ms] of heard) if (now - ms > GONE_MS) heard.delete(name)
    if (count) pubsub.publish(GUILD_EVENT_TOPIC, {})
  }

  const checking = regularly({ work: check, everyMs: CHECK_MS, log, trouble: 'could not log who came and went' })
  return {
    check,
    async [Symbol.asyncDispose]() {
      await checking[Symbol.asyncDispose]()
      stop()
      await presence[Symbol.asyncDispose]()
    },
  }
}

const KINDS = {
  PLUGIN: ['PLUGIN_DISCONNECTED', 'PLUGIN_CONNECTED'],
  CHARACTER: ['CHARACTER_LEFT', 'CHARACTER_ARRIVED'],
} as const

interface AttendanceRow {
  id: number
  name: string
  what: Present['what']
  is_there: boolean
}

/** Stores what differs from what was stored last. Returns how many events that were. */
export async function logAttendance(client: Client, present: readonly Present[], now: Date): Promise<number> {
  const { rows } = await client.query<AttendanceRow>(
    'select c.id, c.name, a.what, a.is_there from attendance a join characters c on c.id = a.character_id',
  )
  const changes: { name: string; what: Present['what']; isThere: boolean; server: string | null }[] = []
  for (const { what, names, unsure } of present) {
    const known = new Map(rows.filter((row) => row.what === what).map((row) => [row.name, row.is_there]))
    for (const [name, server] of names) if (!known.get(name)) changes.push({ name, what, isThere: true, server })
    for (const [name, isThere] of known)
      if (isThere && !names.has(name) && !unsure(name)) changes.push({ name, what, isThere: false, server: null })
  }
  if (!changes.length) return 0
  // A plugin may be connected before the first frame of its character: it counts once there is such a character.
  const { rowCount } = await client.query(
    `with changed as (
       select c.id, g.*, a.since as previous, coalesce(g.server, p.server) as at_server
       from unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[])
         with ordinality as g(name, what, is_there, server, kind, n)
       join characters c on c.name = g.name
       left join attendance a on a.character_id = c.id and a.what = g.what
       left join attendance p on p.character_id = c.id and p.what = 'PLUGIN'),
     stored as (
       insert into attendance as a (character_id, what, is_there, since, server)
       select id, what, is_there, $6, at_server from changed
       on conflict (character_id, what) do update set is_there = excluded.is_there, since = excluded.since,
         server = coalesce(excluded.server, a.server))
     insert into guild_events (kind, at, character_id, server, details)
     select kind, $6, id, at_server, jsonb_build_object('previousSince', previous) from changed order by n`,
    [
      changes.map(({ name }) => name),
      changes.map(({ what }) => what),
      changes.map(({ isThere }) => isThere),
      changes.map(({ server }) => server),
      changes.map(({ what, isThere }) => KINDS[what][isThere ? 1 : 0]),
      now.toISOString(),
    ],
  )
  return rowCount ?? 0
}

/**
 * Stores the bursts that are over. Those that a writer is adding to are left for the next time.
 * @param quietS without a change for so long, a burst is over
 */
export async function logBursts(client: Client, quietS = QUIET_S): Promise<number> {
  const { rowCount } = await client.query(
    `with over as (
       delete from inventory_bursts where character_id in (
         select character_id from inventory_bursts
         where changed_at < clock_timestamp() - make_interval(secs => $1)
            or began_at < clock_timestamp() - make_interval(secs => $2)
         for update skip locked)
       returning *)
     insert into guild_events (kind, at, character_id, server, details)
     select 'INVENTORY', at, character_id, server_of(character_id), jsonb_build_object('added', added, 'removed',
     removed,
       'addedCount', added_count, 'removedCount', removed_count) from over order by changed_at, character_id`,
    [quietS, MAX_BURST_S],
  )
  return rowCount ?? 0
}
