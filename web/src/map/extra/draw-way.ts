import { type Ctx2D, type View, toX, toY } from '../view.ts'

/** Places that were passed one after the other, in map units. */
interface Way {
  ew: readonly number[]
  ns: readonly number[]
}

/**
 * Draws a way as a line, in the colour and width that are set.
 * @param isBreak whether nothing joins the place at an index above 0 with the one before it
 */
export function drawWay(ctx: Ctx2D, view: View, { ew, ns }: Way, isBreak: (i: number) => boolean): void {
  ctx.beginPath()
  ew.forEach((x, i) => ctx[i === 0 || isBreak(i) ? 'moveTo' : 'lineTo'](toX(view, x), toY(view, ns[i]!)))
  ctx.stroke()
}
