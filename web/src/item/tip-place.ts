interface Box {
  left: number
  top: number
  right: number
  bottom: number
}
interface Size {
  w: number
  h: number
}

const GAP = 8

/** Where a tooltip covers neither its anchor nor the page's edge: right of it, else left, else below or above. */
export function placeTip(anchor: Box, tip: Size, page: Size): { left: number; top: number } {
  const clamp = (value: number, most: number) => Math.max(GAP, Math.min(value, most - GAP))
  const top = clamp(anchor.top, page.h - tip.h)
  if (anchor.right + GAP + tip.w <= page.w - GAP) return { left: anchor.right + GAP, top }
  if (anchor.left - GAP - tip.w >= GAP) return { left: anchor.left - GAP - tip.w, top }
  const left = clamp(anchor.left, page.w - tip.w)
  if (anchor.bottom + GAP + tip.h <= page.h - GAP) return { left, top: anchor.bottom + GAP }
  return { left, top: clamp(anchor.top - GAP - tip.h, page.h - tip.h) }
}
