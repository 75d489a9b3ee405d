import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { followStream } from '../../graph/stream.ts'
import { AssistantWindowEventsDocument } from './assistant-events.subscription.gen.ts'
import { AssistantWindowTurnsDocument } from './assistant-turns.query.gen.ts'
import { glideToCharacter } from '../../desktop/glide-to-character.ts'
import { charactersOf, lastEventId, withEvent, type Turn } from './turns.ts'

/** The map follows calls that are made now, not those that are sent again after a break. */
const FRESH_MS = 10_000

/** The turns of a session, oldest first: those that are kept, then each event as it arrives. */
// eslint-disable-next-line max-lines-per-function -- loading, stream and paging share one turn count
export function useTurns(sessionId: () => string | null, onEnd: () => void) {
  const turns = shallowRef<readonly Turn[]>([])
  const fault = ref<string>()
  const liveFault = ref<string>()
  const ready = ref(false)
  const older = ref<string | null>(null)
  let stop: () => void = () => undefined
  let turn = 0

  async function load() {
    const mine = ++turn
    const id = sessionId()
    stop()
    if (id === null) return
    const answer = await client.query(AssistantWindowTurnsDocument, { id, after: null }).toPromise()
    if (mine !== turn) return
    fault.value = answer.error ? faultText(answer.error) : undefined
    if (!answer.data) return
    const { nodes, pageInfo } = answer.data.assistantSession.turns
    turns.value = nodes.toReversed()
    older.value = pageInfo.hasNextPage ? pageInfo.endCursor : null
    ready.value = true
    follow(id, lastEventId(turns.value))
  }

  /**
   * A lost connection begins again after the same event: what came since then is sent, and known events are passed
   * over.
   */
  function follow(id: string, afterId: string | null) {
    stop = followStream(
      AssistantWindowEventsDocument,
      { sessionId: id, afterId },
      {
        next({ assistantEvents: event }) {
          liveFault.value = undefined
          turns.value = withEvent(turns.value, event)
          if (event.kind === 'TOOL_CALL' && Date.now() - new Date(event.at).getTime() < FRESH_MS)
            glideToCharacter(charactersOf(event.payload))
          if (event.kind === 'DONE' || event.kind === 'ERROR') onEnd()
        },
        broken: (text) => (liveFault.value = text),
      },
    )
  }

  async function askOlder() {
    const id = sessionId()
    if (id === null || older.value === null) return
    const mine = turn
    const after = older.value
    const answer = await client.query(AssistantWindowTurnsDocument, { id, after }).toPromise()
    if (mine !== turn || !answer.data || older.value !== after) return
    const { nodes, pageInfo } = answer.data.assistantSession.turns
    turns.value = [...nodes.toReversed(), ...turns.value]
    older.value = pageInfo.hasNextPage ? pageInfo.endCursor : null
  }

  watch(
    sessionId,
    () => {
      turns.value = []
      ready.value = false
      fault.value = liveFault.value = undefined
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    turn++
    stop()
  })
  /** The turn that is being answered; null when none is. */
  const answering = computed(() => turns.value.find(({ endedAt }) => endedAt === null) ?? null)
  return { turns, fault, liveFault, ready, older, answering, askOlder, load }
}
