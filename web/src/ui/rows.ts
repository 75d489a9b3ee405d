/** The rows to draw of a long list, and where they begin. */
export interface Stretch {
  from: number
  /** The first row not drawn. */
  to: number
}

/** Browsers stop counting somewhere beyond 16 million pixels. */
export const MAX_PX = 15_000_000

/**
 * Which of `count` rows of `rowPx` pixels a view of `viewPx` shows when scrolled to `scrollPx`, with `more` rows at
 * either side. Beyond what browsers can scroll the list is cut.
 */
export function stretchOf(scrollPx: number, viewPx: number, rowPx: number, count: number, more = 8): Stretch {
  const rows = Math.min(count, Math.floor(MAX_PX / rowPx))
  const shown = Math.ceil(viewPx / rowPx)
  const first = Math.min(Math.max(0, Math.floor(scrollPx / rowPx)), Math.max(0, rows - shown))
  return { from: Math.max(0, first - more), to: Math.min(rows, first + shown + 1 + more) }
}

/** Where to scroll so that a row is in sight; null when it is. */
export function scrollFor(row: number, scrollPx: number, viewPx: number, rowPx: number): number | null {
  const top = row * rowPx
  if (top < scrollPx) return top
  if (top + rowPx > scrollPx + viewPx) return top + rowPx - viewPx
  return null
}
