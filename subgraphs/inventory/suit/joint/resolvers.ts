import type { Resolvers } from '../../generated/resolvers.ts'
import { withStoredNamesOfAll } from '../names.ts'
import { ended, searchEvents } from '../stream.ts'
import type { JointReport, PieceReport, SuitReport } from '../progress.ts'
import { rounded, soon, reportedBy } from '../resolvers.ts'
import { jointQuestionOf } from './input.ts'

/** One piece that goes from who holds it to who is to wear it. */
export interface Handover {
  piece: PieceReport
  to: string
}

export const jointResolvers: Resolvers = {
  Query: {
    async jointSuits(_, { input }, { viewer, searches, pool }) {
      const question = await withStoredNamesOfAll(pool, soon(jointQuestionOf(input), 'jointSuitSearch'))
      return reportedBy<JointReport>(await ended(searches, viewer, question))
    },
  },
  Subscription: {
    jointSuitSearch: {
      subscribe: async (_, { input }, { viewer, searches, pool }) =>
        searchEvents(searches, viewer, await withStoredNamesOfAll(pool, jointQuestionOf(input))),
      resolve: (news: unknown) => reportedBy<JointReport>(news),
    },
  },
  JointSuitProgress: {
    suits: ({ suits }) => [...suits],
    gap: ({ total, bound }) => (total !== null && bound !== null ? Math.max(0, rounded(bound - total)) : null),
    conflicts: ({ conflicts }) =>
      conflicts.map(({ kind, wearer, conflict }) => ({
        kind,
        wearer: { name: wearer },
        conflict: { ...conflict, demands: [...conflict.demands] },
      })),
    pickups: ({ suits }) => pickupsOf(suits),
  },
  JointHandover: { to: ({ to }) => ({ name: to }) },
}

/** What is to be handed over, by who holds it: what somebody holds that is to wear it stays where it is. */
function pickupsOf(suits: readonly SuitReport[]) {
  const byOwner = new Map<string, Handover[]>()
  for (const { wearer, pieces } of suits)
    for (const piece of pieces)
      if (wearer !== null && piece.owner !== wearer)
        byOwner.set(piece.owner, [...(byOwner.get(piece.owner) ?? []), { piece, to: wearer }])
  return [...byOwner]
    .map(([owner, handovers]) => ({ character: { name: owner }, handovers }))
    .sort((a, b) => b.handovers.length - a.handovers.length || (a.character.name < b.character.name ? -1 : 1))
}
