// A call of our assistant's tool is one object in two windows: a card of the chat and a step of Mind's Eye.
import { shallowRef } from 'vue'
import { useWindowStore } from './window-store.ts'

/** A call, by the ids that it has in both windows. */
export interface CallId {
  turnId: string
  callId: string
}

interface Asked extends CallId {
  window: 'assistant' | 'mindseye'
  /** The chat it belongs to; null if it is the one that is shown. */
  chat: string | null
}

/** The call that a window is asked to show; the window takes it once it shows it. */
const asked = shallowRef<Asked | null>(null)

/** The call that one of the windows is asked to show; null when it has been shown. */
export const askedCall = (window: Asked['window']): Asked | null =>
  asked.value?.window === window ? asked.value : null

/** A window has shown what it was asked to. */
export function isCallShown(): void {
  asked.value = null
}

/** Opens a window at a call. */
export function showCall(call: Asked): void {
  asked.value = call
  useWindowStore().open(call.window)
}
