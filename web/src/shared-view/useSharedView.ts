// The view of the link that the page was opened with.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { client } from '../graph/client.ts'
import { credential } from '../graph/credential.ts'
import { isUnauthenticated } from '../graph/fault.ts'
import { closeSocket, whenSessionOver } from '../graph/socket.ts'
import { SharedViewDocument, type SharedViewQuery } from './shared-view.gen.ts'

export type View = NonNullable<SharedViewQuery['sharedView']>
export type State = 'asking' | 'shown' | 'ended' | 'slow' | 'unreachable'

const TOO_MANY_TRIES = 429

/** Asks for the view, and keeps whether its link is still good. */
export function useSharedView() {
  const state = ref<State>('asking')
  const view = shallowRef<View | null>(null)
  // After the `#`: it is neither sent with requests for pages, nor to where a link of the page leads.
  const secret = location.hash.slice(1)
  credential.authorization = `Bearer ${secret}`

  async function ask() {
    state.value = 'asking'
    const { data, error } = await client.query(SharedViewDocument, {}).toPromise()
    if (data?.sharedView) {
      view.value = data.sharedView
      state.value = 'shown'
    } else if (isUnauthenticated(error) || !secret) end()
    else state.value = error?.response?.status === TOO_MANY_TRIES ? 'slow' : 'unreachable'
  }
  function end() {
    state.value = 'ended'
    void closeSocket()
  }
  whenSessionOver(end)
  void ask()

  // Another link in the same tab.
  const reload = () => location.reload()
  addEventListener('hashchange', reload)
  onScopeDispose(() => removeEventListener('hashchange', reload))
  return { state, view, ask }
}
