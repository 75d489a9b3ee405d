import { computed, shallowReadonly, shallowRef } from 'vue'
import { returns } from './in-view.ts'

/** How the one socket stands; `epoch` counts the times it opened. */
export interface Connection {
  status: 'idle' | 'connecting' | 'live' | 'lost'
  /** When it came to stand so, in our own milliseconds. */
  since: number
  epoch: number
  retries: number
}

const state = shallowRef<Connection>({ status: 'idle', since: Date.now(), epoch: 0, retries: 0 })

export const connection = shallowReadonly(state)

/** Grows with every *re*connect and every return into view: holders of a snapshot then take a new one. */
export const resumes = computed(() => Math.max(0, state.value.epoch - 1) + returns.value)

export function reportConnection(change: Partial<Connection>) {
  const since = change.status && change.status !== state.value.status ? Date.now() : state.value.since
  state.value = { ...state.value, since, ...change }
}

/** 0.5 s, then doubled up to 10 s; spread, so that a restarted server is not met by all browsers at once. */
export function backoffMs(retries: number, random: () => number): number {
  const base = Math.min(10_000, 500 * 2 ** Math.min(retries, 10))
  return Math.round(base * (0.8 + random() * 0.4))
}
