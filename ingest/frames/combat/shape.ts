import { z } from 'zod'
import { isRecord } from '../../../shared/contract/json-value.ts'
import { elementSchema, snapshotSchema } from '../../../shared/contract/combat.ts'
import { frameType, straightened } from '../../../shared/contract/decode.ts'
import { characterName, optional, text, timestamp } from '../../../shared/contract/fields.ts'

/** A session's fights so far, counted by the plugin since login. A `lifetime` block of older builds is left alone. */
export const combatStatsSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  session_id: optional(text(128)),
  session: snapshotSchema,
})
export type CombatStatsFrame = z.infer<typeof combatStatsSchema>

const names = { character_name: ['player_name'], session: ['stats', 'data'] }
const plain = frameType('combat_stats', combatStatsSchema, names, ['lifetime'])

export const combatStats = straightened(plain, (raw) => {
  for (const name of ['session', 'stats', 'data'])
    if (isRecord(raw[name])) return { ...raw, [name]: sessionOfToday(raw[name]) }
  return raw
})

/** Names a total goes by in one build or another, today's first. */
const TOTALS: Readonly<Record<string, readonly string[]>> = {
  total_aetheria_surges: ['aetheria_surges'],
  total_cloak_surges: ['cloak_surges', 'cloak_procs', 'total_cloak_procs'],
}
/** The attack type of figures that name none. */
const NO_ATTACK_TYPE = 'Unknown'

/** What older builds remember beside figures: a note to themselves. */
const FLAG = 'tallied'

/** The snapshot as builds of today send it: totals by today's names, an attack type over every element. */
function sessionOfToday(session: Record<string, unknown>): Record<string, unknown> {
  const result = withoutFlag(session)
  for (const [name, others] of Object.entries(TOTALS))
    for (const other of others) {
      result[name] ??= session[other] ?? undefined
      delete result[other]
    }
  const { monsters } = session
  if (isRecord(monsters))
    result['monsters'] = mapped(monsters, (monster) => (isRecord(monster) ? withSides(monster) : monster))
  return result
}

function withSides(monster: Record<string, unknown>): Record<string, unknown> {
  const result = withoutFlag(monster)
  for (const side of ['offense', 'defense']) if (isRecord(monster[side])) result[side] = withAttackType(monster[side])
  return result
}

const isElement = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && Object.keys(elementSchema.shape).some((figure) => Object.hasOwn(value, figure))

function withAttackType(side: Record<string, unknown>): Record<string, unknown> {
  const elements = (attack: unknown) => (isRecord(attack) ? mapped(withoutFlag(attack), withoutFlagIn) : attack)
  const parts = Object.entries(withoutFlag(side))
  const loose = parts.filter(([, part]) => isElement(part))
  const result = Object.fromEntries(parts.filter(([, part]) => !isElement(part)))
  if (!loose.length) return mapped(result, elements)
  const named = result[NO_ATTACK_TYPE]
  return mapped(
    { ...result, [NO_ATTACK_TYPE]: { ...(isRecord(named) && named), ...Object.fromEntries(loose) } },
    elements,
  )
}

const withoutFlagIn = (value: unknown): unknown => (isRecord(value) ? withoutFlag(value) : value)
const withoutFlag = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== FLAG))
const mapped = (value: Record<string, unknown>, read: (part: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, part]) => [name, read(part)]))
