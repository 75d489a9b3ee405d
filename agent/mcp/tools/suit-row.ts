// A suit and its pieces as rows of a result.
import { z } from 'zod'
import type { McpSuitPieceFragment, McpSuitShownFragment } from './suit.query.gen.ts'

export const piece = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  pack: z.string().nullable(),
  places: z.array(z.string()),
  tailored: z.boolean(),
  points: z.number(),
})

export const suit = z.object({ points: z.number(), pieces: z.array(piece) })

const rounded = (points: number) => Math.round(points * 10) / 10

export const pieceOf = (one: McpSuitPieceFragment): z.output<typeof piece> => ({
  id: one.itemId,
  name: one.name,
  owner: one.owner.name,
  pack: one.pack,
  places: [...one.places],
  tailored: one.tailored,
  points: rounded(one.points),
})

export const suitOf = (one: McpSuitShownFragment): z.output<typeof suit> => ({
  points: rounded(one.score.total),
  pieces: one.pieces.map(pieceOf),
})
