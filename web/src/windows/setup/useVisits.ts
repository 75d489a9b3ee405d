import { computed, ref, shallowRef } from 'vue'
import { client } from '../../graph/client.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import { SetupPluginsDocument } from './setup-plugins.query.gen.ts'
import { SetupWindowLiveDocument } from './setup-window.subscription.gen.ts'
import { refusedSecrets, whoLeft } from './visits.ts'

/**
 * Plugins that come, are refused and leave while the window is open. For admins: others get nothing. Times are this
 * page's, in milliseconds.
 */
export function useVisits() {
  /** How many were refused for their secret since the server's start; null until that is known. */
  const refused = ref<number | null>(null)
  const refusedAt = ref<number | null>(null)
  /** The characters of the plugins that left last, and when. */
  const left = shallowRef<{ names: readonly string[]; at: number } | null>(null)
  const connected = shallowRef<readonly string[] | null>(null)
  let turn = 0

  async function askPlugins() {
    const mine = ++turn
    const { data } = await client.query(SetupPluginsDocument, {}).toPromise()
    if (mine !== turn || !data?.plugins) return
    const now = data.plugins.map(({ character }) => character.name)
    const gone = whoLeft(connected.value ?? [], now)
    if (gone.length > 0) left.value = { names: gone, at: Date.now() }
    connected.value = now
  }
  useSubscription(SetupWindowLiveDocument, {}, ({ ingestChanged }) => {
    const count = refusedSecrets(ingestChanged)
    if (refused.value !== null && count > refused.value) refusedAt.value = Date.now()
    refused.value = count
    void askPlugins()
  })
  return { refused, refusedAt, left, connected: computed(() => connected.value ?? []) }
}
