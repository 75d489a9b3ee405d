import { fault } from '../../../shared/errors.ts'
import { setName } from '../../../shared/world/equipment-sets.ts'
import { familyName } from '../../../shared/world/spells.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { idOf, type ItemRow } from '../item/store.ts'
import type { Context } from '../context.ts'
import type { Demand } from './conflict.ts'
import { questionOf } from './input.ts'
import type { ToldProgress, ToldPiece } from './progress.ts'
import { isOver, type SuitNews } from './searches.ts'
import { whoOf } from './stream.ts'

/** Whoever asks once holds a request open for so long at most. */
const MOST_MS_AT_ONCE = 20_000

export const suitResolvers: Resolvers = {
  Query: {
    suit(_, { input }, { viewer, suits }) {
      const question = questionOf(input)
      if (question.timeLimitMs > MOST_MS_AT_ONCE)
        throw fault('BAD_USER_INPUT', '`timeLimit` is at most 20 here; `suitSearch` takes more.')
      const search = suits.searches.begin(whoOf(viewer), question)
      return new Promise((resolve, reject) =>
        search.follow((news) => {
          if ('failed' in news) reject(fault('INTERNAL_SERVER_ERROR'))
          else if (isOver(news)) resolve(news)
        }),
      )
    },
  },
  Subscription: {
    suitSearch: {
      subscribe: (_, { input }, { viewer, part, suits }, { operation }) =>
        suits.streams.open(
          viewer,
          questionOf(input),
          part,
          String(operation.loc?.source.body ?? operation.name?.value),
        ),
      resolve(news: unknown) {
        if ('failed' in (news as SuitNews)) throw fault('INTERNAL_SERVER_ERROR')
        return news as ToldProgress
      },
    },
  },
  SuitProgress: {
    gap: ({ suit, bound }) => (suit && bound !== null ? Math.max(0, rounded(bound - suit.score.total)) : null),
  },
  Suit: {
    errands({ pieces, wearer }) {
      const byOwner = new Map<string, ToldPiece[]>()
      for (const piece of pieces) byOwner.set(piece.owner, [...(byOwner.get(piece.owner) ?? []), piece])
      return [...byOwner]
        .filter(([owner]) => owner !== wearer)
        .map(([owner, own]) => ({ character: { name: owner }, pieces: own }))
        .sort((a, b) => b.pieces.length - a.pieces.length || (a.character.name < b.character.name ? -1 : 1))
    },
  },
  SuitPiece: {
    itemId: ({ id }) => id,
    item: ({ id }, _, { load }) => load.item.load(id),
    owner: ({ owner }) => ({ name: owner }),
    places: ({ places }) => [...places],
    async pack({ id }, _, context) {
      const item = await context.load.item.load(id)
      return item && packOf(item, context)
    },
  },
  SuitScore: { floored: ({ total }) => Math.floor(total) },
  SuitDemand: { text: textOf },
}

const rounded = (points: number) => Math.round(points * 100) / 100

async function packOf(item: ItemRow, { load }: Context): Promise<string> {
  if (item.wieldedLocation !== null) return 'Body'
  const pack = item.containerId && (await load.item.load(idOf({ server: item.server, gameId: item.containerId })))
  return pack && pack.owner === item.owner ? (pack.name ?? 'Pack') : 'Main pack'
}

function textOf(demand: Demand): string {
  const there = `${demand.there} ${demand.there === 1 ? 'item' : 'items'} there`
  switch (demand.kind) {
    case 'SET':
      return `${demand.pieces} pieces of ${setName(demand.setId)}, ${there}`
    case 'SPELL':
      return `${demand.atLeast.toLowerCase()} ${familyName(demand.family)} or better, ${there}`
    case 'FLOOR':
      return `a piece with armor ${demand.armor} or more at ${demand.place.toLowerCase().replace('_', ' ')}, ${there}`
    case 'LOCK':
      return demand.there ? `the locked item ${demand.item}` : `the locked item ${demand.item}, which cannot be worn so`
  }
}
