import type * as graph from '../../generated/resolvers.ts'
import { questionOf } from '../input.ts'
import { list, refuse, text, within } from '../input-fields.ts'
import type { JointQuestion, SuitQuestion } from '../progress.ts'

const FEWEST = 2
const MAX_WEARERS = 5
const TENTHS = 10

/**
 * Checks what somebody wants for several, and makes a question of it. Throws BAD_USER_INPUT that names what does not
 * fit.
 */
export function jointQuestionOf({ wishes, wearers }: graph.JointSuitInput): JointQuestion {
  if (wearers.length < FEWEST) throw refuse(`\`wearers\` has at least ${FEWEST} entries.`)
  const all = list('wearers', wearers, MAX_WEARERS, ({ wearer }) => wearer)
  const asked = all.map(({ wearer, wishes: own, weight }) => {
    const question = ownQuestionOf(own ?? wishes)
    const tenths = Math.round(within('weight', weight ?? 1, 1 / TENTHS, 10) * TENTHS)
    return { question: { ...question, wishes: { ...question.wishes, wearer: text('wearer', wearer) } }, weight: tenths }
  })
  const { server, timeLimitMs } = ownQuestionOf(wishes)
  if (asked.some(({ question }) => question.server !== server)) throw refuse('`server` is the same for all `wearers`.')
  list(
    'locked',
    asked.flatMap(({ question }) => question.wishes.locked),
    MAX_WEARERS * 18,
    ({ item }) => item,
  )
  return { wearers: asked, timeLimitMs }
}

/** Wishes that say nothing of what is asked of one suit alone. */
function ownQuestionOf(wishes: graph.SuitInput): SuitQuestion {
  for (const name of ['wearer', 'alternatives', 'swaps'] as const)
    if (wishes[name]) throw refuse(`\`${name}\` is left out of wishes of several.`)
  for (const name of ['hypothetical', 'fixedPieces'] as const)
    if (wishes[name]?.length) throw refuse(`\`${name}\` is left out of wishes of several.`)
  return questionOf(wishes)
}
