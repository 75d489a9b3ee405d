import { GAME_SERVER_TOPIC, type GameServerEvent } from '../../../shared/contract/watch.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { uptimeOf } from './uptime.ts'

const MAX_HOURS = 48

interface MomentRow {
  at: string
  state: GameServerEvent['state']
  latencyMs: number | null
  players: number | null
}

/** The server that was asked last. */
async function newestServer(pool: Pool): Promise<GameServerEvent[]> {
  const { rows } = await pool.query<GameServerEvent>(
    `select name, address, state, latency_ms as "latencyMs", players, players_at as "playersAt", since,
      checked_at as "checkedAt"
     from game_servers order by next_check_at desc limit 1`,
  )
  return rows
}

export const gameServerResolvers: Resolvers = {
  Query: {
    gameServer: async (_, __, { pool }) => (await newestServer(pool))[0] ?? null,
  },
  GameServer: {
    async history({ name }, { hours }, { pool }) {
      if (hours < 1 || hours > MAX_HOURS) throw fault('BAD_USER_INPUT', `\`hours\` must be 1 to ${MAX_HOURS}.`)
      const { rows } = await pool.query<MomentRow>(
        `select at, state, latency_ms as "latencyMs", players from game_server_history
         where name = $1 and at > now() - make_interval(hours => $2) order by at`,
        [name, hours],
      )
      return rows
    },
    uptime: ({ name }, { since, until }, { pool }) => uptimeOf(pool, name, since, until),
  },
  Subscription: {
    gameServerChanged: {
      subscribe: (_, __, { pubsub, phase, pool }) =>
        snapshotThenUpdates<GameServerEvent>({
          pubsub,
          phase,
          topics: [GAME_SERVER_TOPIC],
          snapshot: () => newestServer(pool),
          map: (event) => event as GameServerEvent,
          rowVersion: { key: ({ name }) => name, version: ({ checkedAt }) => checkedAt ?? '' },
        }),
      resolve: (event: unknown) => event as GameServerEvent,
    },
  },
}
