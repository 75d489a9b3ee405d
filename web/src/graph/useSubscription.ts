import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type MaybeRefOrGetter, onScopeDispose, ref, toValue, watch } from 'vue'
import { inView } from './in-view.ts'
import { followStream } from './stream.ts'

/**
 * Follows a stream as long as the component lives; starts over when its variables change. While nobody can see the page
 * it is not followed; `resumes` then says that what was missed is to be asked for.
 */
export function useSubscription<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: MaybeRefOrGetter<Variables>,
  onNext: (data: Data) => void,
) {
  const fault = ref<string>()
  let stop = () => undefined as void
  watch(
    [() => JSON.stringify(toValue(variables)), inView] as const,
    ([, isFollowed]) => {
      stop()
      stop = () => undefined
      if (!isFollowed) return
      fault.value = undefined
      stop = followStream(document, toValue(variables), {
        next: (data) => {
          fault.value = undefined
          onNext(data)
        },
        broken: (text) => (fault.value = text),
      })
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return { fault }
}
