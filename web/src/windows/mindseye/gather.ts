import { onScopeDispose } from 'vue'

/** How long what comes is gathered, in milliseconds: drawing many steps costs little more than drawing one. */
const GATHER_MS = 50

/** Gathers what comes for a moment; `take` gets it in its order. */
export function gather<T>(take: (all: T[]) => void): (one: T) => void {
  let waiting: T[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  return (one) => {
    waiting.push(one)
    timer ??= setTimeout(() => {
      const all = waiting
      waiting = []
      timer = undefined
      take(all)
    }, GATHER_MS)
  }
}
