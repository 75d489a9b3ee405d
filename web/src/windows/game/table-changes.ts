// What a person changes at the table without a turn.
import type { DocumentInput } from '@urql/vue'
import type {
  GmHealing,
  GmInitiativeChange,
  GmPool,
  GmVisibility,
  SaveGmVisibilityInput,
} from '../../generated/types.ts'
import type { ShownState } from './character-state.ts'
import { GameWindowAdvanceInitiativeDocument } from './advance-initiative.mutation.gen.ts'
import { GameWindowChangeInitiativeDocument } from './change-initiative.mutation.gen.ts'
import { GameWindowCommitPoolDocument } from './commit-pool.mutation.gen.ts'
import { GameWindowChangeStateDocument } from './change-state.mutation.gen.ts'
import { GameWindowDeleteSceneDocument } from './delete-scene.mutation.gen.ts'
import { GameWindowHealDocument } from './heal.mutation.gen.ts'
import { GameWindowLoadSceneDocument } from './load-scene.mutation.gen.ts'
import { GameWindowRemoveMemberDocument } from './remove-member.mutation.gen.ts'
import { GameWindowResetVisibilityDocument } from './reset-visibility.mutation.gen.ts'
import { GameWindowRollSecretlyDocument } from './roll-secretly.mutation.gen.ts'
import { GameWindowSaveSceneDocument } from './save-scene.mutation.gen.ts'
import { GameWindowSaveSheetDocument } from './save-sheet.mutation.gen.ts'
import { GameWindowSaveVisibilityDocument } from './save-visibility.mutation.gen.ts'
import { GameWindowTakeDocument } from './take-character.mutation.gen.ts'
import { GameWindowUndoDocument } from './undo.mutation.gen.ts'
import { GameWindowWhisperDocument } from './whisper.mutation.gen.ts'

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
  saveSheet: (given: { characterId: string | null; sheet: unknown; isOpponent: boolean }) =>
    change(GameWindowSaveSheetDocument, given),
  changeState: (characterId: string, state: Partial<ShownState>) =>
    change(GameWindowChangeStateDocument, { characterId, ...state }),
  heal: (characterId: string, how: GmHealing, minutes: number | null) =>
    change(GameWindowHealDocument, { characterId, how, minutes }),
  saveScene: (scene: { name: string; notes: string; mapNotes: string; isPlayed: boolean }) =>
    change(GameWindowSaveSceneDocument, scene),
  loadScene: (sceneId: string) => change(GameWindowLoadSceneDocument, { sceneId }),
  deleteScene: (sceneId: string) => change(GameWindowDeleteSceneDocument, { sceneId }),
  rollSecretly: (roll: { dice: number; targetNumber: number | null; purpose: string }) =>
    change(GameWindowRollSecretlyDocument, roll),
  whisper: (userId: string, message: string) => change(GameWindowWhisperDocument, { userId, message }),
  saveVisibility: (row: Omit<SaveGmVisibilityInput, 'sessionId'>) => change(GameWindowSaveVisibilityDocument, row),
  resetVisibility: (condition: GmVisibility | null) => change(GameWindowResetVisibilityDocument, { condition }),
  removeMember: (userId: string) => change(GameWindowRemoveMemberDocument, { userId }),
  undo: () => change(GameWindowUndoDocument, {}),
  advance: (reroll: boolean) => change(GameWindowAdvanceInitiativeDocument, { reroll }),
  changeOrder: (how: GmInitiativeChange, characterId: string | null) =>
    change(GameWindowChangeInitiativeDocument, { change: how, characterId }),
})

export type TableChanges = ReturnType<typeof tableChanges>
