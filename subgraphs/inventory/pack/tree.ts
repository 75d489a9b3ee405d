import type { ItemRow } from '../item/store.ts'

/** Something that holds items. */
export interface Container {
  key: string
  kind: 'BODY' | 'MAIN_PACK' | 'SIDE_PACK'
  item: ItemRow | null
  capacity: number | null
  itemCount: number
  burden: number
  containers: Container[]
}

/** What lies directly in one container: worn or not, containers not counted. */
export interface Contents {
  containerId: number | null
  worn: boolean
  count: number
  burden: number
}

/** What fits into a main pack, and into a pack that does not say. */
const MAIN_CAPACITY = 102
const PACK_CAPACITY = 24

/**
 * The containers of one character. A pack within a pack, which the game does not know, lies in the main pack, and so
 * does what names a container that the character does not hold: its own id, 0, or one not reported yet.
 */
export function packTree(packs: readonly ItemRow[], contents: readonly Contents[]): Container {
  const sides = packs.map((item): Container => ({
    key: String(item.gameId),
    kind: 'SIDE_PACK',
    item,
    capacity: item.capacity ?? PACK_CAPACITY,
    itemCount: 0,
    burden: 0,
    containers: [],
  }))
  const byId = new Map(sides.map((side) => [side.item!.gameId, side]))
  const nothing = { item: null, itemCount: 0, burden: 0 }
  const main: Container = { ...nothing, key: 'main', kind: 'MAIN_PACK', capacity: MAIN_CAPACITY, containers: sides }
  const body: Container = { ...nothing, key: 'body', kind: 'BODY', capacity: null, containers: [main] }
  for (const { containerId, worn, count, burden } of contents) {
    const into = worn ? body : (containerId !== null && byId.get(containerId)) || main
    into.itemCount += count
    into.burden += burden
  }
  return body
}

/** How full a container is; null for one that is never full. */
export const fillOf = ({ capacity, itemCount }: Container): number | null =>
  capacity === null ? null : capacity > 0 ? itemCount / capacity : itemCount > 0 ? 1 : 0

/** What a container is called. */
export const nameOf = ({ kind, item }: Container): string =>
  kind === 'BODY' ? 'Body' : kind === 'MAIN_PACK' ? 'Main pack' : (item?.name ?? 'Pack')
