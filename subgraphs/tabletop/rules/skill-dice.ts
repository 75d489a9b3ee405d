// Which dice a skill gives (core p. 66-70): the rating alone. Attributes are never added to it.
import { perCircle, skillWebCertainty } from '../../../shared/world/tabletop/skill-web.ts'
import { sheetPart, type Part } from './breakdown.ts'
import { attributeOf, reactionOf } from './derived.ts'
import { RuleError } from './rule-error.ts'
import type { Sheet, SheetSkill } from './sheet.ts'
import { circlesTo, webAttributes } from './skill-routes.ts'

/** The skill a test needs, from general to narrow. */
export interface SkillUse {
  skill: string
  concentration?: string
  specialization?: string
}

/** A way to use a skill that a character does not have. */
export interface SkillRoute {
  /** The skill or attribute that is rolled instead. */
  from: string
  isAttribute: boolean
  rating: number
  circles: number
}

export interface SkillDice {
  dice: number
  /** One part, named after the rating that is rolled. */
  parts: Part[]
  /** What a missing skill adds to the target number; empty if the character has the skill. */
  targetParts: Part[]
  /** The route taken; null if the character has the skill. */
  route: SkillRoute | null
  /** Pool dice that may be added: the rating of a skill, none beside an attribute. */
  mostPoolDice: number
}

const isSame = (a: string, b: string | undefined) => a.toLowerCase() === b?.toLowerCase()

/** Every route to a skill, fewest circles first, then the highest rating. */
export function skillRoutes(sheet: Sheet, skill: string): SkillRoute[] {
  const circles = circlesTo(skill)
  const attributes = webAttributes.map((name) => {
    const rating = name === 'reaction' ? reactionOf(sheet).adjusted : attributeOf(sheet, name)
    return { from: name as string, isAttribute: true, rating }
  })
  const skills = sheet.skills.map(({ name, rating }) => ({ from: name, isAttribute: false, rating }))
  return [...skills, ...attributes]
    .flatMap((start) => {
      const count = circles.get(start.from.toLowerCase())
      return count === undefined || start.rating < 1 ? [] : [{ ...start, circles: count }]
    })
    .sort((a, b) => a.circles - b.circles || b.rating - a.rating)
}

/** The narrowest rating of a skill that covers the use; null if it has no dice. */
function ownDice(skill: SheetSkill, use: SkillUse): SkillDice | null {
  const { specialization, concentration } = skill
  const isSpecial = specialization !== null && isSame(specialization.name, use.specialization)
  const isConcentrated = concentration !== null && isSame(concentration.name, use.concentration)
  const rolled = isSpecial ? specialization : isConcentrated ? concentration : skill
  if (rolled.rating < 1) return null
  const name = rolled === skill ? skill.name : `${skill.name} (${rolled.name})`
  const parts = [sheetPart(name, rolled.rating)]
  return { dice: rolled.rating, parts, targetParts: [], route: null, mostPoolDice: rolled.rating }
}

/**
 * The dice for a skill: of specialization, concentration and general skill the narrowest that covers the use. Without
 * the skill, a route of the skill web: the shortest, or the one that starts at `from`. A RuleError if there is none.
 */
export function skillDice(sheet: Sheet, use: SkillUse, from?: string): SkillDice {
  // A skill of 1 that was concentrated has a general rating of 0, and dice for its concentration all the same.
  const skill = sheet.skills.find((candidate) => isSame(candidate.name, use.skill))
  const own = skill && from === undefined ? ownDice(skill, use) : null
  if (own) return own
  const routes = skillRoutes(sheet, use.skill)
  const route = from === undefined ? routes[0] : routes.find((candidate) => isSame(candidate.from, from))
  if (!route) {
    const start = from === undefined ? '' : ` from ${from.slice(0, 60)}`
    throw new RuleError('skill', `${sheet.name} has no ${use.skill}, and the skill web no route to it${start}`)
  }
  const source = perCircle.source
  const name = `no ${use.skill}: ${route.circles} circles from ${route.from}`
  return {
    dice: route.rating,
    parts: [sheetPart(route.from, route.rating)],
    targetParts: [{ name, value: route.circles * perCircle.value, source, certainty: skillWebCertainty }],
    route,
    mostPoolDice: route.isAttribute ? 0 : route.rating,
  }
}

/**
 * The ratings of a skill that is bought with a concentration or a specialization (core p. 70): a concentration is one
 * higher and the general skill one lower; a specialization is two higher, the concentration unchanged, the general
 * skill two lower. Ratings do not fall below 0.
 */
export function splitSkill(name: string, rating: number, concentration: string, specialization?: string): SheetSkill {
  if (specialization === undefined)
    return {
      name,
      rating: Math.max(0, rating - 1),
      concentration: { name: concentration, rating: rating + 1 },
      specialization: null,
    }
  return {
    name,
    rating: Math.max(0, rating - 2),
    concentration: { name: concentration, rating },
    specialization: { name: specialization, rating: rating + 2 },
  }
}
