// Which dice a skill gives (core p. 66-70): the rating alone. Attributes are never added to it.
import type { Part } from './breakdown.ts'
import { RuleError } from './rule-error.ts'
import type { Sheet } from './sheet.ts'

/** The skill a test needs, from general to narrow. */
export interface SkillUse {
  skill: string
  concentration?: string
  specialization?: string
}

export interface SkillDice {
  dice: number
  /** One part, named after the rating that is rolled. */
  parts: Part[]
  /** What a missing skill adds to the target number; empty if the character has the skill. */
  targetParts: Part[]
}

const isSame = (a: string, b: string | undefined) => a.toLowerCase() === b?.toLowerCase()

/**
 * The rating a character rolls for a skill: of specialization, concentration and general skill the narrowest that
 * covers the use. A RuleError for a skill that the character does not have.
 */
export function skillDice(sheet: Sheet, use: SkillUse): SkillDice {
  const skill = sheet.skills.find((candidate) => isSame(candidate.name, use.skill))
  if (!skill) throw new RuleError('skill', `${sheet.name} has no ${use.skill}`)
  const { specialization, concentration } = skill
  const rolled =
    specialization && isSame(specialization.name, use.specialization)
      ? specialization
      : concentration && isSame(concentration.name, use.concentration)
        ? concentration
        : skill
  const name = rolled === skill ? skill.name : `${skill.name} (${rolled.name})`
  const part: Part = { name, value: rolled.rating, source: 'sheet', certainty: 'core' }
  return { dice: rolled.rating, parts: [part], targetParts: [] }
}
