import { z } from 'zod'
import { characterLink } from '../links.ts'
import { defineDocumentTool } from '../tool.ts'
import { characterName, figure } from './fields.ts'
import { McpPlayerStateDocument } from './player-state.query.gen.ts'

export const playerState = defineDocumentTool({
  name: 'get_player_state',
  title: 'State of a character',
  description:
    'One character by name: whether it is online, where, what it does, its vitals, level and totals. An unknown ' +
    'name is refused with the nearest ones. A place that the character hides is null.',
  input: { name: characterName.describe('The name, ignoring case.') },
  row: {
    name: z.string(),
    online: z.boolean(),
    tag: z.string().nullable(),
    last_seen: z.string().nullable(),
    ew: figure,
    ns: figure,
    z: figure,
    place_at: z.string().nullable(),
    state: z.string().nullable(),
    level: figure,
    race: z.string().nullable(),
    health_percent: figure,
    stamina_percent: figure,
    mana_percent: figure,
    vitae: figure,
    session: z.object({ kills: figure, kills_per_hour: figure, deaths: figure, online_seconds: figure }).nullable(),
    totals: z
      .object({ kills: z.number(), deaths: z.number(), rares: z.number(), online_seconds: z.number() })
      .nullable(),
  },
  document: McpPlayerStateDocument,
  variables: ({ name }) => ({ name }),
  rows({ character }) {
    if (!character) return { rows: [], total: 0 }
    const { name, live, tag, lastSeenAt, telemetry, vitals, sheet, totals } = character
    const row = {
      name,
      online: live === true,
      tag,
      last_seen: lastSeenAt,
      ew: telemetry?.ew ?? null,
      ns: telemetry?.ns ?? null,
      z: telemetry?.z ?? null,
      place_at: telemetry?.receivedAt ?? null,
      state: telemetry?.state ?? null,
      level: sheet?.level ?? null,
      race: sheet?.race ?? null,
      health_percent: vitals?.healthPercent ?? null,
      stamina_percent: vitals?.staminaPercent ?? null,
      mana_percent: vitals?.manaPercent ?? null,
      vitae: vitals?.vitae ?? null,
      session: telemetry && {
        kills: telemetry.kills,
        kills_per_hour: telemetry.killsPerHour,
        deaths: telemetry.deaths,
        online_seconds: telemetry.onlineSeconds,
      },
      totals: totals && {
        kills: totals.kills,
        deaths: totals.deaths,
        rares: totals.rares,
        online_seconds: totals.onlineSeconds,
      },
    }
    return { rows: [row], total: 1 }
  },
  links: ({ name }) => [characterLink(name)],
})
