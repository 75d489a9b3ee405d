import { type Ref, onMounted, ref } from 'vue'

/**
 * Counts from 0 to `last` after the component was mounted, one with each turn of the event loop: a page that mounts its
 * parts by it answers the finger between them, and shows the first part before it makes the last.
 */
export function useStages(last: number): Readonly<Ref<number>> {
  const stage = ref(0)
  const next = () => {
    if (++stage.value < last) setTimeout(next)
  }
  onMounted(() => setTimeout(next))
  return stage
}
