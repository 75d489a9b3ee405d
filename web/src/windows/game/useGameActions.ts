import { ref, type Ref } from 'vue'
import type { AnyVariables, CombinedError, DocumentInput } from '@urql/vue'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { GameWindowCreateDocument } from './create-session.mutation.gen.ts'
import { GameWindowInviteDocument } from './invite.mutation.gen.ts'
import { GameWindowJoinDocument } from './join-session.mutation.gen.ts'
import { GameWindowSayDocument } from './say.mutation.gen.ts'
import { GameWindowStopDocument } from './stop.mutation.gen.ts'
import { tableChanges } from './table-changes.ts'

/** A code to join with, and what those who use it will be. */
export interface Invitation {
  code: string
  role: 'PLAYER' | 'SPECTATOR'
}

/**
 * What a person does at the table. `refusal` says why the last thing did not work, `invitation` is the newest one.
 */
export function useGameActions(current: Ref<string | null>, onSessions: () => void, onTable: () => void) {
  const refusal = ref<string>()
  const invitation = ref<Invitation>()

  function isRefused(error: CombinedError | undefined): boolean {
    refusal.value = error ? faultText(error) : undefined
    return error !== undefined
  }
  function open(id: string | undefined) {
    if (id === undefined) return
    current.value = id
    onSessions()
  }
  /** Changes something of the session that is open; gives what the mutation answered, null if it was refused. */
  async function change<Data, Input extends { sessionId: string }>(
    document: DocumentInput<Data, { input: Input }>,
    given: Omit<Input, 'sessionId'>,
  ): Promise<Data | null> {
    if (current.value === null) return null
    const variables = { input: { ...given, sessionId: current.value } as Input }
    const { data, error } = await client.mutation(document as DocumentInput<Data, AnyVariables>, variables).toPromise()
    if (isRefused(error)) return null
    onTable()
    return data ?? null
  }
  return {
    refusal,
    invitation,
    async create(title: string) {
      const input = { title, withSamples: true }
      const { data, error } = await client.mutation(GameWindowCreateDocument, { input }).toPromise()
      if (!isRefused(error)) open(data?.createGmSession?.session.id)
    },
    async join(given: string) {
      const { data, error } = await client.mutation(GameWindowJoinDocument, { input: { code: given } }).toPromise()
      if (!isRefused(error)) open(data?.joinGmSession?.session.id)
    },
    async invite(role: Invitation['role'] = 'PLAYER') {
      if (current.value === null) return
      const input = { sessionId: current.value, role }
      const { data, error } = await client.mutation(GameWindowInviteDocument, { input }).toPromise()
      const code = data?.inviteToGmSession?.code
      if (!isRefused(error) && code) invitation.value = { code, role }
    },
    ...tableChanges(change),
    /** Whether it was accepted. */
    async say(message: string, characterId: string | null): Promise<boolean> {
      if (current.value === null) return false
      const input = { sessionId: current.value, message, characterId }
      const { error } = await client.mutation(GameWindowSayDocument, { input }).toPromise()
      return !isRefused(error)
    },
    async stop() {
      if (current.value === null) return
      const input = { sessionId: current.value }
      const { error } = await client.mutation(GameWindowStopDocument, { input }).toPromise()
      isRefused(error)
    },
  }
}
