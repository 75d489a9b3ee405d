import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch } from 'vue'
import type { ItemOrder, ItemWhere } from '../../generated/types.ts'
import { client } from '../../graph/client.ts'
import { resumes } from '../../graph/connection.ts'
import { faultText } from '../../graph/fault.ts'
import { type ItemsWindowQuery, ItemsWindowDocument } from './items-window.query.gen.ts'
import { ItemsStepDocument } from './items-step.query.gen.ts'
import { nextAsk, PAGE, pagesToDrop } from './paging.ts'

export type Found = ItemsWindowQuery['items']['nodes'][number]

/**
 * A search as a list of which any row can be asked for by its place. Only pages near what is in sight are kept, so that
 * a hundred thousand items weigh no more than a few thousand.
 * @param wanted what to search for; `figures` asks for more of each item
 */
// eslint-disable-next-line max-lines-per-function -- pages, cursors and turn change together
export function useFoundItems(wanted: () => { where: ItemWhere; orderBy: ItemOrder; figures: boolean }) {
  const pages = shallowRef(new Map<number, readonly Found[]>())
  const total = ref<number>()
  const fault = ref<string>()
  const asking = ref(false)
  /** The row that is being walked to, when it is far; null otherwise. */
  const heading = ref<number | null>(null)
  let cursors = new Map<number, string | null>([[0, null]])
  let sight = { from: 0, to: PAGE }
  let turn = 0

  async function fetchPage(start: number, count: boolean, mine: number) {
    const { where, orderBy, figures } = wanted()
    const after = cursors.get(start) ?? null
    const { data, error } = await client
      .query(ItemsWindowDocument, { where, orderBy, first: PAGE, after, count, figures })
      .toPromise()
    if (mine !== turn) return
    if (!data) throw error
    const { nodes, pageInfo, totalCount } = data.items
    if (count) {
      pages.value = new Map()
      cursors = new Map([[0, null]])
      total.value = totalCount ?? 0
    } else if (!pageInfo.hasNextPage) total.value = start + nodes.length // items have gone meanwhile, or come
    if (pageInfo.hasNextPage) cursors.set(start + PAGE, pageInfo.endCursor)
    pages.value.set(start, nodes)
    for (const far of pagesToDrop(pages.value.keys(), sight.from)) pages.value.delete(far)
    triggerRef(pages)
  }
  async function step(from: number, rows: number, mine: number) {
    const { where, orderBy } = wanted()
    const { data, error } = await client
      .query(ItemsStepDocument, { where, orderBy, first: rows, after: cursors.get(from) ?? null })
      .toPromise()
    if (mine !== turn) return
    if (!data) throw error
    const { hasNextPage, endCursor } = data.items.pageInfo
    if (hasNextPage) cursors.set(from + rows, endCursor)
    else total.value = Math.min(total.value ?? 0, from + rows)
  }

  /** Fills in what is in sight, one question after another: what comes into sight meanwhile is asked for next. */
  async function fill(restart: boolean) {
    const mine = restart ? ++turn : turn
    if (!restart && (asking.value || total.value === undefined)) return
    asking.value = true
    fault.value = undefined
    try {
      if (restart) await fetchPage(0, true, mine)
      for (;;) {
        if (mine !== turn) return
        const ask = nextAsk(sight.from, sight.to, total.value ?? 0, pages.value, cursors.keys())
        if (!ask) break
        heading.value = ask.kind === 'step' ? sight.to : null
        await (ask.kind === 'page' ? fetchPage(ask.start, false, mine) : step(ask.from, ask.rows, mine))
      }
    } catch (cause) {
      if (mine === turn) fault.value = faultText(cause)
    } finally {
      if (mine === turn) {
        asking.value = false
        heading.value = null
      }
    }
  }
  const ask = () => fill(true)
  watch([() => JSON.stringify(wanted()), resumes], ask, { immediate: true })
  onScopeDispose(() => turn++)

  return {
    total,
    fault,
    asking,
    heading,
    state: computed(() => (total.value !== undefined ? 'ready' : fault.value ? 'broken' : 'waiting')),
    ask,
    /** The item of a row; undefined until it is there. */
    rowAt: (row: number): Found | undefined => pages.value.get(Math.floor(row / PAGE) * PAGE)?.[row % PAGE],
    see(from: number, to: number) {
      sight = { from, to }
      void fill(false)
    },
    resume: () => fill(total.value === undefined),
  }
}
