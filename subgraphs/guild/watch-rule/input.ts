import { fault } from '../../../shared/errors.ts'
import type { WatchComparison, WatchRuleInput } from '../generated/resolvers.ts'

const MAX_CHARACTERS = 200
const DAY_S = 86_400

const bad = (message: string) => fault('BAD_USER_INPUT', message)
const isText = (text: string, most: number) => text.trim().length > 0 && text.length <= most && !text.includes('\0')

/** A rule as the table holds it, in the order of its columns. Refuses what could never hold or never be read. */
export function columnsOf(rule: WatchRuleInput): unknown[] {
  const { name, characters, tag, field, comparison, number, text, areaId, forSeconds, quietSeconds } = rule
  if (!isText(name, 80)) throw bad('A rule’s name has 1 to 80 characters.')
  if (characters && tag != null) throw bad('Name characters or a tag, not both.')
  if (
    characters &&
    (!characters.length || characters.length > MAX_CHARACTERS || !characters.every((one) => isText(one, 64)))
  )
    throw bad(`Name 1 to ${MAX_CHARACTERS} characters, or leave \`characters\` out for all.`)
  if (tag != null && !isText(tag, 64)) throw bad('A tag has 1 to 64 characters.')
  mustFitField(rule)
  if (!(forSeconds! >= 0 && forSeconds! <= DAY_S)) throw bad('`forSeconds` is 0 to a day.')
  if (!(quietSeconds! >= 0 && quietSeconds! <= 7 * DAY_S)) throw bad('`quietSeconds` is 0 to a week.')
  return [
    name.trim().toWellFormed(),
    characters?.map((one) => one.toWellFormed()) ?? null,
    tag?.toWellFormed() ?? null,
    field,
    comparison,
    number ?? null,
    text?.toWellFormed() ?? null,
    forSeconds,
    quietSeconds,
    rule.severity,
    rule.enabled,
    areaId ?? null,
  ]
}

const OF_AREAS: readonly WatchComparison[] = ['ENTERS', 'LEAVES']

/** Refuses a comparison, or something to compare with, that the field has not. */
function mustFitField({ field, comparison, number, text, areaId }: WatchRuleInput): void {
  if (field === 'AREA') {
    if (areaId == null || number != null || text != null) throw bad('AREA is compared with `areaId`.')
    if (!OF_AREAS.includes(comparison)) throw bad('AREA is compared by ENTERS or LEAVES.')
    return
  }
  if (areaId != null) throw bad('`areaId` is for AREA.')
  if (field === 'STATE') {
    if (text == null || number != null) throw bad('STATE is compared with `text`.')
    if (text.length > 100 || text.includes('\0')) throw bad('A state has at most 100 characters.')
    if (comparison !== 'EQ' && comparison !== 'NEQ') throw bad('STATE is compared by EQ or NEQ.')
    return
  }
  if (number == null || text != null || !Number.isFinite(number)) throw bad(`${field} is compared with \`number\`.`)
  if (OF_AREAS.includes(comparison)) throw bad('ENTERS and LEAVES are for AREA.')
}
