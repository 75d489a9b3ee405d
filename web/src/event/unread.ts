import { useDebounceFn, useLocalStorage } from '@vueuse/core'
import { computed, ref, watch } from 'vue'
import type { GuildEventWhere } from '../generated/types.ts'
import { useAsk } from '../graph/useAsk.ts'
import { useSubscription } from '../graph/useSubscription.ts'
import { EventsUnreadDocument } from './events-unread.query.gen.ts'
import { EventsUnreadLiveDocument } from './events-unread.subscription.gen.ts'
import { notableKinds } from './kinds.ts'
import { type ReadMark, momentAfter, moveMark, readMark } from './reading.ts'

const stored = useLocalStorage<unknown>('overlord.events.read', null, {
  serializer: { read: (text) => JSON.parse(text) as unknown, write: (value) => JSON.stringify(value) },
  onError: () => undefined, // Text that is no JSON is no mark.
})

/** Up to which event the viewer has read, in this browser. Null before the first visit. */
export const lastRead = computed<ReadMark | null>(() => readMark(stored.value))

/** Notable events after the mark. */
export const unreadEvents = ref(0)

/** Moves the mark forward to an event. */
export function markRead(event: ReadMark): void {
  const moved = moveMark(lastRead.value, event)
  if (moved.id !== lastRead.value?.id) stored.value = moved
}

const TOGETHER_MS = 2_000

/** Counts what the viewer has not read. The first visit begins with nothing unread. */
export function useUnreadEvents(): void {
  const kinds: GuildEventWhere = { kinds: [...notableKinds] }
  const where = computed(() => ({ where: lastRead.value ? { ...kinds, since: momentAfter(lastRead.value) } : kinds }))
  const { data, ask } = useAsk(EventsUnreadDocument, where)
  const look = useDebounceFn(ask, TOGETHER_MS, { maxWait: 2 * TOGETHER_MS })
  useSubscription(EventsUnreadLiveDocument, { where: kinds }, () => void look())
  void look() // once more: what happened between the first answer and the start of the stream
  watch(data, (answer) => {
    const found = answer?.guildEvents
    if (!found) return
    const newest = found.nodes[0]
    if (lastRead.value === null) {
      unreadEvents.value = 0
      if (newest) markRead({ id: newest.id, at: newest.receivedAt })
    } else unreadEvents.value = found.totalCount
  })
}
