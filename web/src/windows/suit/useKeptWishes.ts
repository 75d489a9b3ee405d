import { useLocalStorage } from '@vueuse/core'
import { ref, watch } from 'vue'
import { type Wishes, anySuit, keptWishes, readWishes } from './wishes.ts'

/** The wishes as they were when the window was last open on this machine. */
export function useKeptWishes() {
  const kept = useLocalStorage<object>('overlord.suit', {})
  const wishes = ref<Wishes>(readWishes(kept.value) ?? anySuit())
  watch(wishes, (now) => (kept.value = keptWishes(now)))
  return wishes
}
