import type { Sides } from './view.ts'

/** A part of the page, in pixels from its upper left corner. */
export interface Area {
  left: number
  top: number
  right: number
  bottom: number
}

/** A part narrower or lower than this is no place to look at. */
const LEAST_W = 200
const LEAST_H = 160

/** The tallest gap between `top` and `bottom` that none of these areas reaches into. */
function tallestGap(areas: readonly Area[], top: number, bottom: number): [top: number, bottom: number] {
  let best: [number, number] = [top, top]
  let from = top
  for (const area of [...areas].sort((a, b) => a.top - b.top)) {
    if (area.top - from > best[1] - best[0]) best = [from, area.top]
    from = Math.max(from, area.bottom)
  }
  return bottom - from > best[1] - best[0] ? [from, bottom] : best
}

/**
 * The largest rectangle of `page` that no covered area reaches into. All of `page` if what is left is too small to
 * look at: then the windows are in the way wherever the map is centred.
 */
export function freeArea(page: Area, covered: readonly Area[]): Area {
  const within = (x: number) => Math.min(page.right, Math.max(page.left, x))
  const xs = [...new Set([page.left, page.right, ...covered.flatMap((one) => [within(one.left), within(one.right)])])]
  xs.sort((a, b) => a - b)
  let best: Area | null = null
  let most = 0
  for (const [n, left] of xs.entries()) {
    for (const right of xs.slice(n + 1)) {
      if (right - left < LEAST_W) continue
      const inWay = covered.filter((one) => one.left < right && one.right > left)
      const [top, bottom] = tallestGap(inWay, page.top, page.bottom)
      const size = (right - left) * (bottom - top)
      if (bottom - top >= LEAST_H && size > most) [best, most] = [{ left, top, right, bottom }, size]
    }
  }
  return best ?? page
}

/** The same area as what is covered at each side of a picture of this size. */
export const sidesOf = (area: Area, w: number, h: number): Sides => ({
  top: area.top,
  right: w - area.right,
  bottom: h - area.bottom,
  left: area.left,
})
