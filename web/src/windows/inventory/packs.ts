// Which pack holds what: the body, the main pack, and packs within it.
import type { ContainerKind, ItemSlot } from '../../generated/types.ts'
import { texts } from './messages.ts'

const CONTAINER = 10
export const BODY = 'body'
export const MAIN = 'main'

/** What is known of an item's place. */
export interface Placed {
  gameId: number
  objectClass: number | null
  containerId: number | null
  equipped: boolean
  wornAt: readonly ItemSlot[]
  name: string | null
  capacity: number | null
  burden: number | null
}

/** A container with how full it is. */
export interface Pack {
  key: string
  kind: ContainerKind
  name: string
  capacity: number | null
  itemCount: number
  fill: number | null
  /** Of what lies directly in it, in burden units. */
  burden: number
}

const isPack = (item: Placed) => item.objectClass === CONTAINER && !item.equipped

/** What lies in each container, by the container's id; side packs themselves lie in none, they are containers. */
export function sortIntoPacks<I extends Placed>(items: readonly I[]): Map<string, I[]> {
  const packs = new Map<string, I[]>([
    [BODY, []],
    [MAIN, []],
  ])
  for (const item of items) if (isPack(item)) packs.set(String(item.gameId), [])
  for (const item of items) {
    if (isPack(item)) continue
    const inSide = item.containerId !== null && !item.equipped ? packs.get(String(item.containerId)) : undefined
    const into = item.equipped ? packs.get(BODY)! : (inSide ?? packs.get(MAIN)!)
    into.push(item)
  }
  return packs
}

/**
 * The containers as far as items show them: nothing else of the past is stored. Capacities come from the packs' items.
 */
export function packsFrom(items: readonly Placed[]): Pack[] {
  const held = sortIntoPacks(items)
  const made = (key: string, kind: ContainerKind, name: string, capacity: number | null): Pack => {
    const within = held.get(key) ?? []
    const fill = capacity ? within.length / capacity : null
    const burden = within.reduce((sum, item) => sum + (item.burden ?? 0), 0)
    return { key, kind, name, capacity, itemCount: within.length, fill, burden }
  }
  return [
    made(BODY, 'BODY', texts.body, null),
    made(MAIN, 'MAIN_PACK', texts.mainPack, null),
    ...items
      .filter(isPack)
      .map((pack) => made(String(pack.gameId), 'SIDE_PACK', pack.name ?? texts.pack, pack.capacity)),
  ]
}

/** Which container shows an item: a pack shows itself. */
export function packOf(items: readonly Placed[], gameId: number): string | null {
  for (const [id, within] of sortIntoPacks(items))
    if (id === String(gameId) || within.some((item) => item.gameId === gameId)) return id
  return null
}
