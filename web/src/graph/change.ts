import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { showToast } from '../ui/toasts.ts'
import { client } from './client.ts'
import { faultText } from './fault.ts'

/** Runs a mutation. A refusal is shown as a toast titled `failed`, and the answer is null. */
export async function change<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  failed: string,
): Promise<Data | null> {
  const answer = await client.mutation(document as TypedDocumentNode<Data, never>, variables as never).toPromise()
  if (answer.error) showToast({ kind: 'fault', title: failed, text: faultText(answer.error) })
  return answer.error ? null : (answer.data ?? null)
}
