import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { followStream } from '../../graph/stream.ts'
import { unmask } from '../../graph/unmask.ts'
import { GameEventFragmentDoc } from './game-event.fragment.gen.ts'
import { GameWindowEventsDocument } from './game-events.subscription.gen.ts'
import { logOf, withEvents, type GameEvent } from './game-log.ts'
import { GameWindowPastDocument } from './game-past.query.gen.ts'

/** The log of a session: the newest page of what is stored, then each event as it arrives. */
// eslint-disable-next-line max-lines-per-function -- loading, stream and paging share one load count
export function useGameLog(sessionId: () => string | null, onEvent: (event: GameEvent) => void) {
  const events = shallowRef<readonly GameEvent[]>([])
  const fault = ref<string>()
  const liveFault = ref<string>()
  const ready = ref(false)
  const older = ref<string | null>(null)
  let stop: () => void = () => undefined
  let loads = 0

  async function page(id: string, after: string | null): Promise<boolean> {
    const mine = loads
    const answer = await client.query(GameWindowPastDocument, { id, after }).toPromise()
    if (mine !== loads) return false
    fault.value = answer.error ? faultText(answer.error) : undefined
    const past = answer.data?.gmSession?.events
    if (!past) return false
    events.value = withEvents(
      events.value,
      past.nodes.map((node) => unmask(GameEventFragmentDoc, node)),
    )
    older.value = past.pageInfo.hasNextPage ? past.pageInfo.endCursor : null
    return true
  }

  async function load() {
    loads++
    stop()
    const id = sessionId()
    if (id === null || !(await page(id, null))) return
    ready.value = true
    follow(id, events.value.at(-1)?.id ?? '0')
  }

  /** A lost connection begins again after the same event: what came since then is sent, known events are skipped. */
  function follow(id: string, afterId: string) {
    stop = followStream(
      GameWindowEventsDocument,
      { sessionId: id, afterId },
      {
        next({ gmEvents }) {
          liveFault.value = undefined
          const event = unmask(GameEventFragmentDoc, gmEvents)
          const before = events.value
          events.value = withEvents(before, [event])
          if (events.value !== before) onEvent(event)
        },
        broken: (text) => (liveFault.value = text),
      },
    )
  }

  async function askOlder() {
    const id = sessionId()
    if (id !== null && older.value !== null) await page(id, older.value)
  }

  watch(
    sessionId,
    () => {
      events.value = []
      ready.value = false
      older.value = null
      fault.value = liveFault.value = undefined
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    loads++
    stop()
  })
  const entries = computed(() => logOf(events.value))
  /** The turn under way; undefined between turns. */
  const open = computed(() => entries.value.findLast((entry) => entry.kind === 'turn' && entry.isOpen))
  return { entries, open, fault, liveFault, ready, older, askOlder, load }
}
