import { onScopeDispose, watch, type Ref } from 'vue'
import { useAsk } from '../../graph/useAsk.ts'
import { GameWindowSessionsDocument } from './game-sessions.query.gen.ts'
import { GameWindowTableDocument } from './game-table.query.gen.ts'

const PRESENCE_MS = 20_000
/** Who joins or opens the game follows its events a moment later, and is here then. */
const SETTLED_MS = 2_000
const KEY = 'overlord.game'

/** The sessions of the viewer, and the table of the one that is open. */
export function useTable(current: Ref<string | null>) {
  const known = useAsk(GameWindowSessionsDocument, {})
  const table = useAsk(GameWindowTableDocument, () => (current.value === null ? null : { id: current.value }))
  watch(known.data, (answer) => {
    const sessions = answer?.gmSessions.nodes ?? []
    if (current.value !== null && sessions.some(({ id }) => id === current.value)) return
    const last = localStorage.getItem(KEY)
    current.value = sessions.find(({ id }) => id === last)?.id ?? sessions[0]?.id ?? null
  })
  // Who is here changes without an event.
  const timer = setInterval(() => void (current.value !== null && table.ask()), PRESENCE_MS)
  let soon: ReturnType<typeof setTimeout> | undefined
  function askSoon() {
    clearTimeout(soon)
    soon = setTimeout(() => void (current.value !== null && table.ask()), SETTLED_MS)
  }
  watch(current, askSoon)
  onScopeDispose(() => {
    clearInterval(timer)
    clearTimeout(soon)
  })
  watch(current, (id) => id && localStorage.setItem(KEY, id))
  return { known, table, askSoon }
}
