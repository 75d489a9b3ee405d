import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { GuildEventWhere } from '../../generated/types.ts'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { followStream } from '../../graph/stream.ts'
import { unmask } from '../../graph/unmask.ts'
import { EventRowFragmentDoc } from './event-row.fragment.gen.ts'
import { EventsWindowDocument } from './events-window.query.gen.ts'
import { EventsWindowLiveDocument } from './events-window.subscription.gen.ts'
import { type EventLine, joinEvents } from './events.ts'

/** Events beyond these are let go; the filter fetches others. */
const MAX_EVENTS = 5_000

/** Events that fit a filter, newest first: pages from the store, then each as it happens. */
export function useEvents(where: () => GuildEventWhere) {
  const events = shallowRef<EventLine[]>([])
  const fault = ref<string>()
  const liveFault = ref<string>()
  const ready = ref(false)
  const asking = ref(false)
  const older = ref<string | null>(null)
  let turn = 0
  /** The question that replaces the events. */
  let cleared = 0
  let stop = () => undefined as void

  async function askPage(after: string | null) {
    const mine = ++turn
    asking.value = true
    const answer = await client.query(EventsWindowDocument, { after, where: where() }).toPromise()
    if (mine !== turn) return
    asking.value = false
    fault.value = answer.error ? faultText(answer.error) : undefined
    const page = answer.data?.guildEvents
    if (!page) return
    if (after === null && mine === cleared) events.value = []
    join(page.nodes.map((node) => unmask(EventRowFragmentDoc, node)))
    older.value = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    if (!ready.value && !where().until) follow()
    ready.value = true
  }
  /** From the newest known event on: nothing between the page and the stream is lost, nor while the socket was. */
  function follow() {
    const variables = { afterId: events.value[0]?.id ?? null, where: where() }
    stop = followStream(EventsWindowLiveDocument, variables, {
      next: ({ guildEvents }) => {
        liveFault.value = undefined
        const event = unmask(EventRowFragmentDoc, guildEvents)
        join([event])
        // A broken stream is asked for again with the same object.
        variables.afterId = event.id
      },
      broken: (text) => (liveFault.value = text),
    })
  }
  const join = (received: EventLine[]) => (events.value = joinEvents(events.value, received, MAX_EVENTS))

  const filterOf = ({ until: _, ...filter }: GuildEventWhere) => JSON.stringify(filter)
  watch(
    () => [filterOf(where()), where().until] as const,
    ([filter, until], before) => {
      stop()
      // A clock that runs replaces the events with the next answer; another filter empties the list at once.
      if (filter !== before?.[0]) events.value = []
      if (filter !== before?.[0] || !until) ready.value = false
      cleared = turn + 1
      older.value = null
      liveFault.value = undefined
      void askPage(null)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    turn++
    stop()
  })
  const askOlder = () => older.value !== null && !asking.value && askPage(older.value)
  return { events, fault, liveFault, ready, asking, askOlder, retry: () => askPage(null) }
}
