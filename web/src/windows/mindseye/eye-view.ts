// What of the world is on the canvas.

/** What the map shows: the middle, in blocks, and how many pixels a block has. */
export interface EyeView {
  x: number
  z: number
  scale: number
  width: number
  height: number
}

/** A place that a step looked at. */
export interface Look {
  x: number
  z: number
  radius: number
  color: string
  /** From 1 when it came to 0 when it is no longer shown. */
  strength: number
}

/** Where a place of the world is on the canvas, in pixels. */
export const at = (view: EyeView, x: number, z: number): [number, number] => [
  Math.round(view.width / 2 + (x - view.x) * view.scale),
  Math.round(view.height / 2 + (z - view.z) * view.scale),
]
