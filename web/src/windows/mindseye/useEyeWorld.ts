import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useAsk } from '../../graph/useAsk.ts'
import { inView } from '../../graph/in-view.ts'
import { followStream } from '../../graph/stream.ts'
import { MindsEyeWorldDocument, type MindsEyeWorldSubscription } from './minds-eye-world.subscription.gen.ts'
import { MindsEyeWorldsDocument } from './minds-eye-worlds.query.gen.ts'
import { WorldCells } from './world-cells.ts'

/** How far around the bot the world is followed, in blocks, and how far it may walk before that is moved along. */
const RADIUS = 44
const MOVES_AFTER = 14

export type EyeStatus = Pick<
  MindsEyeWorldSubscription['worldChanged'],
  'connected' | 'timeOfDay' | 'weather' | 'focus' | 'mode' | 'player'
>

/**
 * Follows a world, the first unless another is chosen, around its bot. `changes` counts up whenever something to draw
 * has changed.
 */
export function useEyeWorld() {
  const { data, state, fault, ask } = useAsk(MindsEyeWorldsDocument, {})
  const world = new WorldCells()
  const changes = ref(0)
  const status = shallowRef<EyeStatus | null>(null)
  /** The world that the viewer chose; null for the first. */
  const chosen = ref<string | null>(null)
  const liveFault = ref<string>()
  let center: { x: number; z: number } | null = null
  let stop = () => undefined as void

  function follow(name: string): void {
    stop()
    stop = followStream(
      MindsEyeWorldDocument,
      { world: name, center, radius: RADIUS },
      {
        next({ worldChanged: view }) {
          liveFault.value = undefined
          if (!world.take(view)) return follow(name)
          const { connected, timeOfDay, weather, focus, mode, player } = view
          status.value = { connected, timeOfDay, weather, focus, mode, player }
          changes.value++
          const bot = world.bot()
          const isFar = bot && center && Math.max(Math.abs(bot.x - center.x), Math.abs(bot.z - center.z)) > MOVES_AFTER
          if (bot && !center) center = { x: Math.floor(bot.x), z: Math.floor(bot.z) }
          if (bot && isFar) {
            center = { x: Math.floor(bot.x), z: Math.floor(bot.z) }
            follow(name)
          }
        },
        broken: (text) => (liveFault.value = text),
      },
    )
  }
  const name = computed(() => {
    const names = data.value?.worlds.map((one) => one.name) ?? []
    return names.find((one) => one === chosen.value) ?? names[0]
  })
  watch(
    [name, inView] as const,
    ([next, isSeen]) => {
      if (!isSeen) return stop()
      if (next === undefined) return
      world.forget()
      center = null
      status.value = null
      follow(next)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return { world, name, chosen, worlds: data, state, fault, ask, status, liveFault, changes }
}
