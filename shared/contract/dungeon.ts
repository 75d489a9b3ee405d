/** One floor tile, on a grid of 10 m. */
export interface DungeonCell {
  envId: number
  x: number
  y: number
  rotation: number
}

/** All tiles of one height. */
export interface DungeonLevel {
  z: number
  cells: DungeonCell[]
}
