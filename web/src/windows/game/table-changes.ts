// What a person changes at the table without a turn.
import type { DocumentInput } from '@urql/vue'
import type { GmInitiativeChange, GmPool } from '../../generated/types.ts'
import { GameWindowAdvanceInitiativeDocument } from './advance-initiative.mutation.gen.ts'
import { GameWindowChangeInitiativeDocument } from './change-initiative.mutation.gen.ts'
import { GameWindowCommitPoolDocument } from './commit-pool.mutation.gen.ts'
import { GameWindowTakeDocument } from './take-character.mutation.gen.ts'

/** Sends a mutation about the session that is open; gives what it answered, null if it was refused. */
export type Change = <Data, Input extends { sessionId: string }>(
  document: DocumentInput<Data, { input: Input }>,
  given: Omit<Input, 'sessionId'>,
) => Promise<Data | null>

/** The changes by name. */
export const tableChanges = (change: Change) => ({
  take: (characterId: string) => change(GameWindowTakeDocument, { characterId }),
  commit: (characterId: string, pool: GmPool, dice: number) =>
    change(GameWindowCommitPoolDocument, { characterId, pool, dice }),
  advance: (reroll: boolean) => change(GameWindowAdvanceInitiativeDocument, { reroll }),
  changeOrder: (how: GmInitiativeChange, characterId: string | null) =>
    change(GameWindowChangeInitiativeDocument, { change: how, characterId }),
})
