import { fault } from '../../../shared/errors.ts'
import { setName } from '../../../shared/world/dereth/equipment-sets.ts'
import { familyName } from '../../../shared/world/dereth/spells.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { idOf, type ItemRow } from '../item/store.ts'
import type { Context } from '../context.ts'
import type { Demand } from './conflict.ts'
import { questionOf } from './input.ts'
import { DESCRIBED } from './hypothetical.ts'
import { withStoredNames } from './names.ts'
import type { Standing, PieceReport, ProgressReport } from './progress.ts'
import type { SuitNews } from './searches.ts'
import { ended, searchEvents } from './stream.ts'

/** A query, as opposed to a subscription, holds a request open for at most so long. */
const MAX_MS_AT_ONCE = 20_000

/** News to resolve; a search that failed is our fault. */
export function reportedBy<P extends Standing>(news: unknown): P {
  if ('failed' in (news as SuitNews)) throw fault('INTERNAL_SERVER_ERROR')
  return news as P
}
/** A question that is answered at once takes no longer than a request may be open. */
export function soon<Q extends { timeLimitMs: number }>(question: Q, stream: string): Q {
  if (question.timeLimitMs <= MAX_MS_AT_ONCE) return question
  throw fault('BAD_USER_INPUT', `\`timeLimitSeconds\` is at most 20 here; \`${stream}\` takes more.`)
}

export const suitResolvers: Resolvers = {
  Query: {
    async suit(_, { input }, { viewer, searches, pool }) {
      const question = await withStoredNames(pool, soon(questionOf(input), 'suitSearch'))
      return reportedBy<ProgressReport>(await ended(searches, viewer, question))
    },
  },
  Subscription: {
    suitSearch: {
      subscribe: async (_, { input }, { viewer, searches, pool }) =>
        searchEvents(searches, viewer, await withStoredNames(pool, questionOf(input))),
      resolve: (news: unknown) => reportedBy<ProgressReport>(news),
    },
  },
  SuitProgress: {
    gap: ({ suit, bound }) => (suit && bound !== null ? Math.max(0, rounded(bound - suit.score.total)) : null),
  },
  Suit: {
    wearer: ({ wearer }) => (wearer === null ? null : { name: wearer }),
    pickups({ pieces, wearer }) {
      const byOwner = new Map<string, PieceReport[]>()
      for (const piece of pieces)
        if (!isDescribed(piece.id)) byOwner.set(piece.owner, [...(byOwner.get(piece.owner) ?? []), piece])
      return [...byOwner]
        .filter(([owner]) => owner !== wearer)
        .map(([owner, own]) => ({ character: { name: owner }, pieces: own }))
        .sort((a, b) => b.pieces.length - a.pieces.length || (a.character.name < b.character.name ? -1 : 1))
    },
  },
  SuitPiece: {
    itemId: ({ id }) => id,
    item: ({ id }, _, { load }) => (isDescribed(id) ? null : load.item.load(id)),
    owner: ({ owner }) => ({ name: owner }),
    places: ({ places }) => [...places],
    async pack({ id }, _, context) {
      if (isDescribed(id)) return null
      const item = await context.load.item.load(id)
      return item && packOf(item, context)
    },
  },
  SuitScore: { floored: ({ total }) => Math.floor(total) },
  SuitDemand: {
    text: textOf,
    setId: (demand) => (demand.kind === 'SET' ? demand.setId : null),
    pieces: (demand) => (demand.kind === 'SET' ? demand.pieces : null),
    family: (demand) => (demand.kind === 'SPELL' ? demand.family : null),
    familyName: (demand) => (demand.kind === 'SPELL' ? familyName(demand.family) : null),
    atLeast: (demand) => (demand.kind === 'SPELL' ? demand.atLeast : null),
    place: (demand) => (demand.kind === 'FLOOR' ? demand.place : null),
    armor: (demand) => (demand.kind === 'FLOOR' ? demand.armor : null),
    item: (demand) => (demand.kind === 'LOCK' ? demand.item : null),
  },
}

/** The id of no item, so that no lookup is made. */
const isDescribed = (id: string) => id.startsWith(DESCRIBED)

export const rounded = (points: number) => Math.round(points * 100) / 100

async function packOf(item: ItemRow, { load }: Context): Promise<string> {
  if (item.wieldedLocation !== null) return 'Body'
  const pack = item.containerId && (await load.item.load(idOf({ server: item.server, gameId: item.containerId })))
  return pack && pack.owner === item.owner ? (pack.name ?? 'Pack') : 'Main pack'
}

function textOf(demand: Demand): string {
  const there = `${demand.candidateCount} ${demand.candidateCount === 1 ? 'item' : 'items'} there`
  switch (demand.kind) {
    case 'SET':
      return `${demand.pieces} pieces of ${setName(demand.setId)}, ${there}`
    case 'SPELL':
      return `${demand.atLeast.toLowerCase()} ${familyName(demand.family)} or better, ${there}`
    case 'FLOOR':
      return `a piece with armor ${demand.armor} or more at ${demand.place.toLowerCase().replace('_', ' ')}, ${there}`
    case 'LOCK':
      return demand.candidateCount
        ? `the locked item ${demand.item}`
        : `the locked item ${demand.item}, which cannot be worn so`
  }
}
