import { LegacyApiCharacterStatsDocument } from './character-stats.query.gen.ts'
import { LegacyApiStatsDocument } from './stats.query.gen.ts'
import { LegacyApiEquipmentDocument } from './equipment.query.gen.ts'
// What is asked of one character by name.
import { z } from 'zod'
import { characterNamed, Refusal } from './ask.ts'
import { endpoint } from './endpoint.ts'
import { snapshot, snapshotOf } from './live.ts'
import { isoformat, moment } from './moment.ts'

const number = z.number().nullable()
const text = z.string().nullable()

export const characterStats = endpoint({
  path: '/character-stats/{character}',
  family: 'Characters',
  says:
    'The newest sheet of a character, with everything the plugin reported about it: attributes, vitals, skills, ' +
    'allegiance, titles, properties.',
  answer: z.looseObject({
    character_name: z.string(),
    timestamp: moment.describe('When it arrived, by our clock.'),
    level: number,
    race: text,
    gender: text,
    birth: text,
    total_xp: number,
    unassigned_xp: number,
    skill_credits: number,
    luminance_earned: number,
    luminance_total: number,
    deaths: number,
    burden_units: number,
    encumbrance_capacity: number,
  }),
  async run({ path }, ask) {
    const character = await characterNamed(ask, LegacyApiCharacterStatsDocument, { name: path.character })
    if (!character?.sheet) throw new Refusal('NOT_FOUND', 'No sheet of this character is known.')
    const { sheet } = character
    const { type: _, ...reported } = sheet.raw
    return {
      ...reported,
      character_name: path.character,
      timestamp: isoformat(sheet.receivedAt),
      level: sheet.level,
      race: sheet.race,
      gender: sheet.gender,
      birth: sheet.birth,
      total_xp: sheet.totalXp,
      unassigned_xp: sheet.unassignedXp,
      skill_credits: sheet.skillCredits,
      luminance_earned: sheet.luminanceEarned,
      luminance_total: sheet.luminanceTotal,
      deaths: sheet.deaths,
      burden_units: sheet.burdenUnits,
      encumbrance_capacity: sheet.encumbranceCapacity,
    }
  },
})

export const stats = endpoint({
  path: '/stats/{character}',
  family: 'Characters',
  says: 'The newest telemetry of a character, with totals of its life.',
  answer: z.object({
    character_name: z.string(),
    latest_snapshot: snapshot,
    total_kills: z.number(),
    total_rares: z.number(),
  }),
  async run({ path }, ask) {
    const character = await characterNamed(ask, LegacyApiStatsDocument, { name: path.character })
    if (!character?.telemetry) throw new Refusal('NOT_FOUND', 'No telemetry of this character is known.')
    return {
      character_name: character.name,
      latest_snapshot: snapshotOf(character.name, character.tag, character.telemetry),
      total_kills: character.totals?.kills ?? 0,
      total_rares: character.totals?.rares ?? 0,
    }
  },
})

export const equipmentCantripState = endpoint({
  path: '/equipment-cantrip-state/{character}',
  family: 'Characters',
  says: 'What a character wears, with mana and spells: the newest such frame as the plugin sent it.',
  answer: z.looseObject({ character_name: z.string(), received_at: moment }),
  async run({ path }, ask) {
    const character = await characterNamed(ask, LegacyApiEquipmentDocument, { name: path.character })
    if (!character?.equipment) throw new Refusal('NOT_FOUND', 'No equipment of this character is known.')
    const { raw, receivedAt } = character.equipment
    return { ...raw, character_name: path.character, received_at: isoformat(receivedAt) }
  },
})
