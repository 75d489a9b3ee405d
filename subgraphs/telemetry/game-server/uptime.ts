import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'

interface Stretch {
  state: string
  since: string
  until: string
}

export interface Uptime {
  since: Date
  until: Date
  upSeconds: number
  downSeconds: number
  unknownSeconds: number
  outages: number
  share: number | null
}

// The log says of each change since when the state before it had lasted; the last state lasts until now.
const STRETCHES = `
  select case e.kind when 'SERVER_UP' then 'DOWN' else 'UP' end as state,
    (e.details ->> 'previousSince')::timestamptz as since, e.at as until
  from guild_events e where e.kind = any('{SERVER_UP,SERVER_DOWN}') and e.server = $1 and e.at > $2
  union all select s.state, s.since, now() from game_servers s where s.name = $1`

/** How long a game server was up and down in a window; a state that is not known counts as neither. */
export async function uptimeOf(
  pool: Pool,
  server: string,
  since: Date | string,
  until: Date | string | null | undefined,
): Promise<Uptime> {
  const [fromMs, now] = [new Date(since).getTime(), Date.now()]
  const toMs = Math.min(until == null ? now : new Date(until).getTime(), now)
  if (toMs <= fromMs) throw fault('BAD_USER_INPUT', '`since` must be before `until`, and not in the future.')
  const { rows } = await pool.query<Stretch>(STRETCHES, [server, new Date(fromMs).toISOString()])
  const within = ({ since: begin, until: end }: Stretch) =>
    Math.max(0, Math.min(Date.parse(end), toMs) - Math.max(Date.parse(begin), fromMs)) / 1_000
  const lasting = (state: string) =>
    rows.filter((row) => row.state === state).reduce((sum, row) => sum + within(row), 0)
  const [up, down] = [lasting('UP'), lasting('DOWN')]
  const outages = rows.filter(({ state, since: begin }) => {
    const at = Date.parse(begin)
    return state === 'DOWN' && at >= fromMs && at <= toMs
  })
  return {
    since: new Date(fromMs),
    until: new Date(toMs),
    upSeconds: Math.round(up),
    downSeconds: Math.round(down),
    unknownSeconds: Math.max(0, Math.round((toMs - fromMs) / 1_000 - up - down)),
    outages: outages.length,
    share: up + down > 0 ? up / (up + down) : null,
  }
}
