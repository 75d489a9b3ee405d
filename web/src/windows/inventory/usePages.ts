import { computed, ref } from 'vue'

/** Walks a list by cursors, which only know the way forward: the way back is remembered. */
export function usePages() {
  const cursors = ref<(string | null)[]>([null])
  const after = computed(() => cursors.value.at(-1) ?? null)
  const page = computed(() => cursors.value.length)
  return {
    after,
    page,
    next: (cursor: string | null) => cursor && cursors.value.push(cursor),
    back: () => cursors.value.length > 1 && cursors.value.pop(),
    restart: () => (cursors.value = [null]),
  }
}
