// Marching squares over a window of a height grid. Coordinates are cell middles.

export interface CellWindow {
  from: number
  to: number
  top: number
  bottom: number
}

type Segment = (x1: number, y1: number, x2: number, y2: number) => void

export function contourSegments(
  heights: Float32Array,
  size: number,
  window: CellWindow,
  levels: readonly number[],
  emit: Segment,
) {
  const from = Math.max(0, window.from)
  const to = Math.min(size - 2, window.to)
  const bottom = Math.min(size - 2, window.bottom)
  for (let y = Math.max(0, window.top); y <= bottom; y++) {
    for (let x = from; x <= to; x++) {
      const i = y * size + x
      const nw = heights[i]!
      const ne = heights[i + 1]!
      const sw = heights[i + size]!
      const se = heights[i + size + 1]!
      const low = Math.min(nw, ne, sw, se)
      const high = Math.max(nw, ne, sw, se)
      for (const level of levels) {
        if (level > high) break
        if (level > low) square(x, y, nw, ne, se, sw, level, emit)
      }
    }
  }
}

function square(x: number, y: number, nw: number, ne: number, se: number, sw: number, level: number, emit: Segment) {
  const crossings: [number, number][] = []
  if (nw > level !== ne > level) crossings.push([x + (level - nw) / (ne - nw), y])
  if (ne > level !== se > level) crossings.push([x + 1, y + (level - ne) / (se - ne)])
  if (sw > level !== se > level) crossings.push([x + (level - sw) / (se - sw), y + 1])
  if (nw > level !== sw > level) crossings.push([x, y + (level - nw) / (sw - nw)])
  for (let i = 0; i + 1 < crossings.length; i += 2) emit(...crossings[i]!, ...crossings[i + 1]!)
}
