// The text of an answer, from the rows of a tool.
import { ago, character, count, facts, figure, place, plain, span } from './say.ts'

type Row = Record<string, unknown>
type Figure = number | null

/** What a tool gave. */
export interface Content {
  rows: Row[]
  total: number
  truncated: boolean
}

const more = ({ rows, total, truncated }: Content): string[] =>
  truncated ? ['', `… and ${figure(total - rows.length)} more.`] : []

export function onlineLines(content: Content): string[] {
  if (!content.total) return ['Nobody is online.']
  const lines = content.rows.map((row) => {
    const one = row as {
      name: string
      ew: Figure
      ns: Figure
      state: string | null
      kills_per_hour: Figure
      vitae: Figure
    }
    return `- ${facts(
      character(one.name),
      place(one),
      one.state && plain(one.state),
      one.kills_per_hour !== null && `${figure(Math.round(one.kills_per_hour))} kills/h`,
      one.vitae ? `${figure(one.vitae)}% vitae` : null,
    )}`
  })
  return [`**${count(content.total, 'character')} online:**`, '', ...lines, ...more(content)]
}

interface StateRow extends Row {
  name: string
  online: boolean
  last_seen: string | null
  ew: Figure
  ns: Figure
  place_at: string | null
  state: string | null
  level: Figure
  race: string | null
  health_percent: Figure
  stamina_percent: Figure
  mana_percent: Figure
  vitae: Figure
  session: { kills: Figure; kills_per_hour: Figure; deaths: Figure; online_seconds: Figure } | null
  totals: { kills: number; deaths: number; rares: number; online_seconds: number } | null
}

const since = ({ online, last_seen }: StateRow, now: Date): string =>
  online ? 'online' : last_seen ? `last seen ${ago(last_seen, now)}` : 'never seen online'

export function whereLines({ rows }: Content, now: Date): string[] {
  const row = rows[0] as StateRow | undefined
  if (!row) return ['Nobody of this name is known.']
  const where = place(row) ?? 'somewhere that is not shown to you'
  const said = row.online ? `is ${where}` : `was ${where}`
  return [`${character(row.name)} ${facts(said, row.online && row.state && plain(row.state), since(row, now))}.`]
}

export function statsLines({ rows }: Content, now: Date): string[] {
  const row = rows[0] as StateRow | undefined
  if (!row) return ['Nobody of this name is known.']
  const { session, totals } = row
  const percent = (what: string, value: Figure) => value !== null && `${what} ${figure(value)}%`
  const lines: [string, string][] = [
    ['Now', facts(since(row, now), place(row), row.online && row.state && plain(row.state))],
    ['Level', facts(row.level !== null && figure(row.level), row.race && plain(row.race))],
    [
      'Vitals',
      facts(
        percent('health', row.health_percent),
        percent('stamina', row.stamina_percent),
        percent('mana', row.mana_percent),
        row.vitae ? `${figure(row.vitae)}% vitae` : null,
      ),
    ],
    [
      'Session',
      session
        ? facts(
            session.kills !== null && count(session.kills, 'kill'),
            session.kills_per_hour !== null && `${figure(Math.round(session.kills_per_hour))} an hour`,
            session.deaths !== null && count(session.deaths, 'death'),
            session.online_seconds !== null && span(session.online_seconds),
          )
        : '',
    ],
    [
      'In all',
      totals
        ? facts(
            count(totals.kills, 'kill'),
            count(totals.deaths, 'death'),
            count(totals.rares, 'rare'),
            `${span(totals.online_seconds)} online`,
          )
        : '',
    ],
  ]
  return [
    `**${character(row.name)}**`,
    '',
    ...lines.filter(([, text]) => text).map(([what, text]) => `- **${what}:** ${text}`),
  ]
}

export function raresLines(content: Content, hours: number, now: Date): string[] {
  const span =
    hours < 1 ? count(Math.round(hours * 60), 'minute') : hours > 48 ? count(hours / 24, 'day') : count(hours, 'hour')
  const within = `the last ${span}`
  if (!content.total) return [`No rares were found in ${within}.`]
  const lines = content.rows.map((row) => {
    const rare = row as { name: string; tier: string; character: string; at: string; ew: Figure; ns: Figure }
    const name = rare.tier === 'GREAT' ? `**${plain(rare.name)}**` : plain(rare.name)
    return `- ${facts(name, character(rare.character), ago(rare.at, now), place(rare))}`
  })
  return [`**${count(content.total, 'rare')} in ${within}:**`, '', ...lines, ...more(content)]
}

/** @param asked what was searched for, in words */
export function itemLines(content: Content, asked: string): string[] {
  if (!content.total) return [`No item fits: ${asked}.`]
  const lines = content.rows.map((row) => {
    const item = row as {
      name: string
      character: string | null
      equipped: boolean
      armor_level: Figure
      cantrips: string[]
    }
    return `- ${facts(
      `**${plain(item.name)}**`,
      item.character !== null && `${item.equipped ? 'worn' : 'held'} by ${character(item.character)}`,
      item.armor_level ? `armor level ${figure(item.armor_level)}` : null,
      item.cantrips.length > 0 && item.cantrips.map(plain).join(', '),
    )}`
  })
  return [`**${count(content.total, 'item')}:**`, '', ...lines, ...more(content)]
}

export function serverLines({ rows }: Content, now: Date): string[] {
  const row = rows[0] as
    | {
        game_server: { name: string; state: string; latency_ms: Figure; players: Figure; since: string } | null
        plugins: number
        frames_per_second: number
        storing: boolean
      }
    | undefined
  if (!row) return ['Nothing is known of the servers.']
  const server = row.game_server
  const game = server
    ? `- **${plain(server.name)}** is ${server.state.toLowerCase()} since ${facts(
        ago(server.since, now).replace(/ ago$/, ''),
        server.latency_ms !== null && `answers in ${figure(server.latency_ms)} ms`,
        server.players !== null && `${count(server.players, 'player')}`,
      )}`
    : '- The game server is not watched.'
  return [
    game,
    `- **Overlord** receives ${count(Math.round(row.frames_per_second), 'frame')} a second ` +
      `from ${count(row.plugins, 'plugin')}; ${
        row.storing ? 'they are stored' : 'they wait, since the database is not available'
      }.`,
  ]
}
