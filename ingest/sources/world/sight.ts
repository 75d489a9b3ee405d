import type { Sight } from '../../../shared/contract/world-commands.ts'
import type { SurfaceCell, WorldEntity } from '../../../shared/contract/world-view.ts'
import type { Area } from './world-source.ts'

const MAX_BLOCKS = 8
const MAX_ENTITIES = 50

/**
 * What is in a square.
 * @param cellAt the topmost block of a column; null for one that is not loaded
 */
export function sightOf(
  { center, radius }: Area,
  cellAt: (x: number, z: number) => Pick<SurfaceCell, 'block'> | null,
  entities: Iterable<WorldEntity>,
): Sight {
  const [middleX, middleZ] = [Math.floor(center.x), Math.floor(center.z)]
  const counts = new Map<string, number>()
  let loaded = 0
  for (let z = middleZ - radius; z <= middleZ + radius; z++)
    for (let x = middleX - radius; x <= middleX + radius; x++) {
      const block = cellAt(x, z)?.block
      if (block === undefined) continue
      loaded++
      counts.set(block, (counts.get(block) ?? 0) + 1)
    }
  const near = [...entities].filter(({ x, z }) => Math.abs(x - middleX) <= radius && Math.abs(z - middleZ) <= radius)
  return {
    center,
    radius,
    blocks: Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_BLOCKS)),
    loaded,
    columns: (2 * radius + 1) ** 2,
    entities: near.slice(0, MAX_ENTITIES).map(({ kind, name, x, y, z }) => ({ kind, name, x, y, z })),
  }
}
