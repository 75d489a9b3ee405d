import { LegacyApiTotalRaresDocument } from './total-rares.query.gen.ts'
import { LegacyApiTotalKillsDocument } from './total-kills.query.gen.ts'
import { LegacyApiQuestsDocument } from './quests.query.gen.ts'
import { LegacyApiPeersDocument } from './peers.query.gen.ts'
// What is asked of the guild as a whole: totals, quests, who shares vitals.
import { z } from 'zod'
import { allPages } from './ask.ts'
import { endpoint } from './endpoint.ts'
import { isoformat, isoformatOrNull, moment } from './moment.ts'

export const totalRares = endpoint({
  path: '/total-rares',
  family: 'Guild',
  says: 'How many rares the guild found, of all time and since midnight UTC.',
  answer: z.object({ all_time: z.number(), today: z.number(), last_updated: moment }),
  async run(_, ask) {
    const now = new Date().toISOString()
    const { totals, rares } = await ask(LegacyApiTotalRaresDocument, { midnight: `${now.slice(0, 10)}T00:00:00Z` })
    return { all_time: totals.rares, today: rares.totalCount, last_updated: isoformat(now) }
  },
})

export const totalKills = endpoint({
  path: '/total-kills',
  family: 'Guild',
  says: 'How many monsters the guild killed.',
  answer: z.object({ total: z.number(), last_updated: moment }),
  async run(_, ask) {
    const { totals } = await ask(LegacyApiTotalKillsDocument)
    return { total: totals.kills, last_updated: isoformat(new Date().toISOString()) }
  },
})

/** Those the original's window showed first. */
const TRACKED = ['Stipend Collection Timer', 'Blank Augmentation Gem Pickup Timer', 'Insatiable Eater Jaw']
const MAX_QUESTS = 20_000
interface Quest {
  character: { name: string }
  name: string
  countdown: string | null
  ready: boolean | null
}

export const questStatus = endpoint({
  path: '/quest-status',
  family: 'Guild',
  says: `How long everybody has to wait for each quest, by character and quest: at most ${MAX_QUESTS} of them.`,
  answer: z.object({
    quest_data: z
      .record(z.string(), z.record(z.string(), z.string().nullable()))
      .describe('The countdown as the client reported it last; READY once it has run out.'),
    tracked_quests: z.array(z.string()),
    player_count: z.number(),
  }),
  async run(_, ask) {
    const quests = await allPages<Quest>(
      MAX_QUESTS,
      async (after) => (await ask(LegacyApiQuestsDocument, { after })).quests,
    )
    const byCharacter = new Map<string, [string, string | null][]>()
    for (const { character, name, countdown, ready } of quests) {
      if (!byCharacter.has(character.name)) byCharacter.set(character.name, [])
      byCharacter.get(character.name)!.push([name, ready ? 'READY' : countdown])
    }
    return {
      quest_data: Object.fromEntries([...byCharacter].map(([name, own]) => [name, Object.fromEntries(own)])),
      tracked_quests: TRACKED,
      player_count: byCharacter.size,
    }
  },
})
const number = z.number().nullable()

export const vitalSharingPeers = endpoint({
  path: '/vital-sharing/peers',
  family: 'Guild',
  says: 'Who shares vitals with other plugins.',
  answer: z.object({
    peer_count: z.number(),
    peers: z.array(
      z.object({
        character_name: z.string(),
        plugin_connected: z.boolean(),
        server: z.string().nullable(),
        last_update: moment.nullable(),
        shares: z.array(z.string()).describe('Types of the frames shared.'),
        current_health: number,
        max_health: number,
        current_stamina: number,
        max_stamina: number,
        current_mana: number,
        max_mana: number,
        ew: number,
        ns: number,
        z: number,
        heading: z.number().nullable().describe('In degrees.'),
        land_cell: number,
      }),
    ),
  }),
  async run(_, ask) {
    const { peers } = await ask(LegacyApiPeersDocument)
    return {
      peer_count: peers.length,
      peers: peers.map(({ character, connected, server, lastShareAt, kinds, vitals, position }) => ({
        character_name: character.name,
        plugin_connected: connected,
        server,
        last_update: isoformatOrNull(lastShareAt),
        shares: kinds,
        current_health: vitals?.health ?? null,
        max_health: vitals?.maxHealth ?? null,
        current_stamina: vitals?.stamina ?? null,
        max_stamina: vitals?.maxStamina ?? null,
        current_mana: vitals?.mana ?? null,
        max_mana: vitals?.maxMana ?? null,
        ew: position?.ew ?? null,
        ns: position?.ns ?? null,
        z: position?.z ?? null,
        heading: position?.heading ?? null,
        land_cell: position?.landCell ?? null,
      })),
    }
  },
})
