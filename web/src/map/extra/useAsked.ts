import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type Ref, onScopeDispose, watch } from 'vue'
import { client } from '../../graph/client.ts'
import { resumes } from '../../graph/connection.ts'
import { faultText } from '../../graph/fault.ts'
import type { LayerWorld } from './layer-types.ts'

const REFRESH_MS = 60_000

/**
 * Asks for what a layer shows: now, when the variables change, after each reconnect, and each minute while the page is
 * visible. `take` gives the number of what is shown.
 */
export function useAsked<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables,
  { report, invalidate, moment }: Pick<LayerWorld, 'report' | 'invalidate'> & { moment: Readonly<Ref<string | null>> },
  take: (data: Data) => number | null,
) {
  let turn = 0
  let count: number | null = null
  let askedAt: number | null = null
  async function ask() {
    if (globalThis.document.hidden) return
    const mine = ++turn
    const answer = await client
      .query(document as TypedDocumentNode<Data, never>, variables() as never, { requestPolicy: 'network-only' })
      .toPromise()
    if (mine !== turn) return
    if (answer.data) {
      count = take(answer.data)
      askedAt = Date.now()
      invalidate()
    }
    report({ count, askedAt, fault: answer.error ? faultText(answer.error) : undefined })
  }
  watch([resumes, moment], ask, { immediate: true })
  const timer = setInterval(ask, REFRESH_MS)
  onScopeDispose(() => {
    turn++
    clearInterval(timer)
  })
}
