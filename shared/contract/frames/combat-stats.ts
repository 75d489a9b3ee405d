import { Type, type Static } from 'typebox'
import { isRecord } from '../coerce.ts'
import { frameType, type FrameType } from '../decode.ts'
import { characterName, optional, text, timestamp, whole } from '../fields.ts'

const record = <S extends Parameters<typeof Type.Record>[1]>(value: S) => Type.Record(Type.String(), value)

/** Figures of one attack type and element; all grow through a session, maxima too. */
export const elementSchema = Type.Object({
  total_attacks: optional(whole()),
  failed_attacks: optional(whole()),
  crits: optional(whole()),
  total_normal_damage: optional(whole()),
  max_normal_damage: optional(whole()),
  total_crit_damage: optional(whole()),
  max_crit_damage: optional(whole()),
})
const sideSchema = record(record(elementSchema))
const monsterSchema = Type.Object({
  kill_count: optional(whole()),
  damage_given: optional(whole()),
  damage_received: optional(whole()),
  offense: optional(sideSchema),
  defense: optional(sideSchema),
})
const snapshotSchema = Type.Object({
  total_damage_given: optional(whole()),
  total_damage_received: optional(whole()),
  total_kills: optional(whole()),
  total_aetheria_surges: optional(whole()),
  total_cloak_surges: optional(whole()),
  monsters: optional(record(monsterSchema)),
})

/** A session's fights so far, counted by the plugin since login. A `lifetime` block of older builds is left alone. */
export const combatStatsSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  session_id: optional(text(128)),
  session: snapshotSchema,
})
export type CombatStatsFrame = Static<typeof combatStatsSchema>
export type CombatSnapshot = CombatStatsFrame['session']

const plain = frameType('combat_stats', combatStatsSchema, {
  character_name: ['player_name'],
  session: ['stats', 'data'],
})

export const combatStats: FrameType<CombatStatsFrame> = {
  ...plain,
  decode(raw) {
    const asToday = plain.decodePlain(raw)
    if (asToday) return asToday
    for (const name of ['session', 'stats', 'data'])
      if (isRecord(raw[name])) return plain.decode({ ...raw, [name]: straightened(raw[name]) })
    return plain.decode(raw)
  },
}

/** Names a total goes by in one build or another, today's first. */
const TOTALS: Readonly<Record<string, readonly string[]>> = {
  total_aetheria_surges: ['aetheria_surges'],
  total_cloak_surges: ['cloak_surges', 'cloak_procs', 'total_cloak_procs'],
}
/** The attack type of figures that name none. */
const NO_ATTACK_TYPE = 'Unknown'

/** The snapshot as builds of today send it: totals by today's names, an attack type over every element. */
function straightened(session: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...session }
  for (const [name, others] of Object.entries(TOTALS))
    for (const other of others) result[name] ??= session[other] ?? undefined
  if (isRecord(session['monsters']))
    result['monsters'] = Object.fromEntries(
      Object.entries(session['monsters']).map(([name, monster]) => [
        name,
        isRecord(monster) ? withSides(monster) : monster,
      ]),
    )
  return result
}

function withSides(monster: Record<string, unknown>): Record<string, unknown> {
  const { offense, defense } = monster
  if (!lacksAttackType(offense) && !lacksAttackType(defense)) return monster
  return { ...monster, offense: withAttackType(offense), defense: withAttackType(defense) }
}

const isElement = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && Object.keys(elementSchema.properties).some((figure) => Object.hasOwn(value, figure))
const lacksAttackType = (side: unknown): boolean => isRecord(side) && Object.values(side).some(isElement)

function withAttackType(side: unknown): unknown {
  if (!isRecord(side)) return side
  const result: Record<string, Record<string, unknown>> = {}
  const loose: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(side))
    if (isElement(value)) loose[name] = value
    else if (isRecord(value)) result[name] = value
  return { ...result, [NO_ATTACK_TYPE]: { ...result[NO_ATTACK_TYPE], ...loose } }
}
