import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { resumes } from '../../graph/connection.ts'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import type { ChatWhere } from '../../generated/types.ts'
import { type ChatWindowQuery, ChatWindowDocument } from './chat-window.query.gen.ts'
import { ChatWindowLiveDocument } from './chat-window.subscription.gen.ts'
import { mergeLines } from './merge-lines.ts'

export type ChatNode = ChatWindowQuery['chat']['nodes'][number]
/** Oldest lines beyond this are let go; scrolling up fetches them again. */
const MAX_LINES = 3000
const TOGETHER_MS = 250

/** Lines oldest first: a page from before, then each as it arrives; with `until` only those before it. */
export function useChatLines(where: () => ChatWhere) {
  const lines = shallowRef<ChatNode[]>([])
  const fault = ref<string>()
  const ready = ref(false)
  const asking = ref(false)
  const older = ref<string | null>(null)
  let turn = 0
  /** The question that replaces the lines. */
  let cleared = 0

  async function ask(after: string | null) {
    const mine = ++turn
    asking.value = true
    const answer = await client.query(ChatWindowDocument, { after, where: where() }).toPromise()
    if (mine !== turn) return
    asking.value = false
    fault.value = answer.error ? faultText(answer.error) : undefined
    if (!answer.data) return
    const { nodes, pageInfo } = answer.data.chat
    older.value = pageInfo.hasNextPage ? pageInfo.endCursor : null
    const isNew = after === null && mine === cleared
    lines.value = mergeLines(isNew ? [] : lines.value, nodes.toReversed(), Infinity)
    ready.value = true
  }
  const filter = computed(() => {
    const { until: _, ...rest } = where()
    return rest
  })
  const variables = computed(() => ({ where: filter.value }))
  // Sixty characters in a fight print faster than anybody reads: lines come in together, four times a second.
  let come: ChatNode[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  function takeIn() {
    timer = undefined
    lines.value = mergeLines(lines.value, come, MAX_LINES)
    come = []
  }
  const { fault: liveFault } = useSubscription(ChatWindowLiveDocument, variables, ({ chatReceived }) => {
    if (where().until) return
    come.push(chatReceived)
    timer ??= setTimeout(takeIn, TOGETHER_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  watch(
    () => [JSON.stringify(filter.value), where().until] as const,
    ([text], before) => {
      // A clock that runs replaces the lines with the next answer; another filter empties the list at once.
      if (text !== before?.[0]) {
        lines.value = []
        ready.value = false
      }
      come = []
      cleared = turn + 1
      void ask(null)
    },
    { immediate: true },
  )
  watch(resumes, () => ask(null))
  const askOlder = () => older.value && !asking.value && ask(older.value)
  return { lines, fault, liveFault, ready, asking, askOlder, retry: () => ask(null) }
}
