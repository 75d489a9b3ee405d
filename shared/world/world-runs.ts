/** The topmost block of one column. */
export interface Column {
  x: number
  z: number
  /** Height of its topmost block. */
  y: number
  /** Name of that block. */
  block: string
}

/** Columns as runs along x: five numbers each. */
export function runsOf(cells: readonly Column[]): { palette: string[]; runs: number[] } {
  const sorted = [...cells].sort((a, b) => a.z - b.z || a.x - b.x)
  const indexes = new Map<string, number>()
  const runs: number[] = []
  let last: Column | null = null
  for (const cell of sorted) {
    const { x, z, y, block } = cell
    const isNext = last !== null && last.z === z && last.x + 1 === x && last.y === y && last.block === block
    last = cell
    if (isNext) {
      runs[runs.length - 3]!++
      continue
    }
    const index = indexes.get(block) ?? indexes.size
    indexes.set(block, index)
    runs.push(x, z, 1, y, index)
  }
  return { palette: [...indexes.keys()], runs }
}
