import type { GmRollKind, Resolvers } from '../generated/resolvers.ts'
import type { RollKind } from '../rules/roll.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import { findRoll } from './store.ts'

const KINDS: Record<RollKind, GmRollKind> = { success: 'SUCCESS', open: 'OPEN', sum: 'SUM' }

export const rollResolvers: Resolvers = {
  Query: {
    gmRoll: (_, { sessionId, id }, { pool, viewer }) => findRoll(pool, sessionId, viewer.id, id),
  },
  GmRoll: {
    kind: ({ roll }) => KINDS[roll.kind],
    dice: ({ roll }) => roll.dice,
    targetNumber: ({ roll }) => roll.targetNumber,
    faces: ({ roll }) => roll.faces,
    totals: ({ roll }) => roll.totals,
    successes: ({ roll }) => roll.successes,
    result: ({ roll }) => roll.result,
    isDisaster: ({ roll }) => roll.isDisaster,
    commitment: ({ roll }) => roll.commitment,
    salt: ({ roll }) => roll.salt,
    verification({ roll, secret }) {
      if (secret === null) return null
      const checked = verifyRoll(roll, secret, roll.commitment)
      return { isValid: checked.isValid, reason: checked.isValid ? null : checked.reason }
    },
  },
}
