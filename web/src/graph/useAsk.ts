import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type MaybeRefOrGetter, computed, onScopeDispose, ref, shallowRef, toValue, watch } from 'vue'
import { client } from './client.ts'
import { resumes } from './connection.ts'
import { faultText } from './fault.ts'

/**
 * Asks a question now, when its variables change, and again after every reconnect.
 * The last good answer stays on screen while a newer one is under way.
 */
export function useAsk<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: MaybeRefOrGetter<Variables | null>,
) {
  const data = shallowRef<Data>()
  const fault = ref<string>()
  const asking = ref(false)
  let turn = 0

  async function ask() {
    const given = toValue(variables)
    const mine = ++turn
    if (!given) return
    asking.value = true
    const answer = await client.query(document as TypedDocumentNode<Data, never>, given as never).toPromise()
    if (mine !== turn) return
    asking.value = false
    fault.value = answer.error ? faultText(answer.error) : undefined
    if (answer.data) data.value = answer.data
  }

  watch(() => [JSON.stringify(toValue(variables)), resumes.value], ask, { immediate: true })
  onScopeDispose(() => turn++)

  const state = computed(() => (data.value ? 'ready' : fault.value ? 'broken' : 'waiting'))
  return { data, fault, asking, state, ask }
}
