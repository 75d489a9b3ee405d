// Routes of the skill web (core p. 69).
import { isCircle, skillWeb, type WebLine } from '../../../shared/world/tabletop/skill-web.ts'
import { attributeNames } from './sheet.ts'

/** Attributes, where routes may start. They are ends of the web, so none leads through them. */
export const webAttributes = [...attributeNames, 'reaction'] as const
export type WebAttribute = (typeof webAttributes)[number]

/** Lines by where they end: routes are searched backwards from the skill that is missing. */
function linesInto(lines: readonly WebLine[]): Map<string, string[]> {
  const into = new Map<string, string[]>()
  const add = (from: string, to: string) => into.set(to, [...(into.get(to) ?? []), from])
  for (const { from, to, isOneWay } of lines) {
    add(from, to)
    if (!isOneWay) add(to, from)
  }
  return into
}

const web = linesInto(skillWeb)

/**
 * The fewest circles from each name of the web to a skill, in lower case. Empty for a skill that is not on the web: it
 * cannot be used without having it.
 */
export function circlesTo(skill: string): Map<string, number> {
  const goal = skill.toLowerCase()
  const circles = new Map<string, number>()
  // By number of circles, so that the first arrival at a name is the shortest.
  let level = web.has(goal) && !isCircle(goal) ? [goal] : []
  for (let count = 0; level.length > 0; count++) {
    const beyond: string[] = []
    const open = [...level]
    for (const name of open) {
      if (circles.has(name)) continue
      circles.set(name, count)
      for (const before of web.get(name) ?? []) (isCircle(before) ? beyond : open).push(before)
    }
    level = beyond
  }
  return circles
}
