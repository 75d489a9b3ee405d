// Any row of a list with forward-only cursors: a page is fetched where its cursor is known, and found by steps where
// not.

/** Rows a page of the list has. */
export const PAGE = 200
/** Rows a step that fetches none goes at most. */
export const STEP = 1_000
/** Pages kept at once; those furthest from view go first. */
export const MAX_PAGES = 40

export type NextAsk = { kind: 'page'; start: number } | { kind: 'step'; from: number; rows: number } | null

/**
 * What to ask next so that rows `from` to `to` can be shown.
 * @param pages first rows of the pages that are there
 * @param starts rows with a known cursor; row 0 always has one
 */
export function nextAsk(
  from: number,
  to: number,
  total: number,
  pages: { has(start: number): boolean },
  starts: Iterable<number>,
): NextAsk {
  const end = Math.min(to, total)
  for (let start = Math.floor(Math.max(0, from) / PAGE) * PAGE; start < end; start += PAGE) {
    if (pages.has(start)) continue
    let near = 0
    for (const known of starts) if (known <= start && known > near) near = known
    return near === start ? { kind: 'page', start } : { kind: 'step', from: near, rows: Math.min(STEP, start - near) }
  }
  return null
}

/** The pages to let go of, the furthest from row `from` first. */
export function pagesToDrop(pages: Iterable<number>, from: number): number[] {
  const all = [...pages]
  return all.sort((a, b) => Math.abs(b - from) - Math.abs(a - from)).slice(0, Math.max(0, all.length - MAX_PAGES))
}
