import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { client } from '../../graph/client.ts'
import { resumes } from '../../graph/connection.ts'
import { faultText } from '../../graph/fault.ts'
import { unmask } from '../../graph/unmask.ts'
import { type ItemRowFragment, ItemRowFragmentDoc } from '../../item/item-row.fragment.gen.ts'
import { InventoryThenDocument } from './inventory-then.query.gen.ts'
import { type InventoryWindowQuery, InventoryWindowDocument } from './inventory-window.query.gen.ts'
import { PackFiguresFragmentDoc } from './pack-figures.fragment.gen.ts'
import { type Pack, packsFrom } from './packs.ts'

const PAGE = 500
/** More is for the item search: a longer list would be slow and of no use. */
export const MAX_SHOWN = 10_000

export type Held = ItemRowFragment
/** What one character holds, or held. */
export interface Belongings {
  items: readonly Held[]
  packs: readonly Pack[]
  itemCount: number
  burden: number
  value: number
  /** What it can carry, in burden units. */
  capacity: number | null
  fullAt: string | null
  /** Since when the plugin has reported an empty inventory: these are the items known before. */
  staleSince: string | null
}

type Received = NonNullable<NonNullable<InventoryWindowQuery['character']>['inventory']>
interface Page {
  whole: Omit<Belongings, 'items'> | null
  items: readonly Held[]
  next: string | null
}

function packsOf({ containers: body }: Received): Pack[] {
  const flat = [body, ...body.containers, ...body.containers.flatMap((main) => main.containers)]
  return flat.map((pack) => unmask(PackFiguresFragmentDoc, pack))
}
const nextOf = (info: { hasNextPage: boolean; endCursor: string | null }) => (info.hasNextPage ? info.endCursor : null)
const NOTHING: Page = { whole: null, items: [], next: null }

async function pageNow(character: string, after: string | null): Promise<Page> {
  const { data, error } = await client.query(InventoryWindowDocument, { character, first: PAGE, after }).toPromise()
  if (!data?.character && error) throw error
  const received = data?.character?.inventory
  if (!received) return NOTHING
  const { itemCount, burden, value, fullAt, staleSince } = received
  const capacity = data.character?.sheet?.encumbranceCapacity ?? null
  return {
    whole: { packs: packsOf(received), itemCount, burden, value, capacity, fullAt, staleSince },
    items: received.items.nodes.map((node) => unmask(ItemRowFragmentDoc, node)),
    next: nextOf(received.items.pageInfo),
  }
}

async function pageThen(character: string, at: string, after: string | null): Promise<Page> {
  const { data, error } = await client.query(InventoryThenDocument, { character, at, first: PAGE, after }).toPromise()
  if (!data?.character && error) throw error
  const received = data?.character?.inventoryAt
  if (!received) return NOTHING
  return {
    whole: {
      packs: [],
      itemCount: received.itemCount,
      burden: 0,
      value: 0,
      capacity: null,
      fullAt: null,
      staleSince: null,
    },
    items: received.items.nodes.map(({ item, containerId, wornAt, equipped, stack }) => ({
      ...unmask(ItemRowFragmentDoc, item),
      containerId,
      wornAt,
      equipped,
      stack,
    })),
    next: nextOf(received.items.pageInfo),
  }
}

/** Of the past the sums are not kept: they are those of the items. */
function belongings({ whole }: Page, items: readonly Held[], past: boolean): Belongings | null {
  if (!whole) return null
  if (!past) return { ...whole, items }
  const sum = (of: (item: Held) => number | null) => items.reduce((all, item) => all + (of(item) ?? 0), 0)
  return { ...whole, items, packs: packsFrom(items), burden: sum((one) => one.burden), value: sum((one) => one.value) }
}

/**
 * What a character holds now, or held at a moment. The last good answer stays while a newer one is under way; the first
 * one grows page by page.
 */
export function useInventory(character: () => string, at: () => string | null) {
  const held = shallowRef<Belongings | null>()
  const fault = ref<string>()
  const asking = ref(false)
  let turn = 0

  async function ask() {
    const mine = ++turn
    const [name, moment] = [character(), at()]
    if (!name) return
    asking.value = true
    try {
      const items: Held[] = []
      let after: string | null = null
      let first: Page | null = null
      do {
        const page: Page = await (moment ? pageThen(name, moment, after) : pageNow(name, after))
        if (mine !== turn) return
        first ??= page
        items.push(...page.items)
        after = page.next
        if (!after || !held.value) held.value = belongings(first, [...items], moment !== null)
      } while (after && items.length < MAX_SHOWN)
      held.value = belongings(first, items, moment !== null)
      fault.value = undefined
    } catch (cause) {
      if (mine === turn) fault.value = faultText(cause)
    } finally {
      if (mine === turn) asking.value = false
    }
  }
  watch(
    () => [character(), at()] as const,
    ([name, moment], before) => {
      // From one past moment to the next, what was held then stays until the answer.
      if (name !== before?.[0] || !moment || !before[1]) held.value = undefined
      fault.value = undefined
      void ask()
    },
    { immediate: true },
  )
  watch(resumes, ask)
  onScopeDispose(() => turn++)
  const state = computed(() => (held.value !== undefined ? 'ready' : fault.value ? 'broken' : 'waiting'))
  return { held, fault, asking, state, ask }
}
