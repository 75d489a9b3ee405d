import { computed, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { inView } from '../../graph/in-view.ts'
import { followStream } from '../../graph/stream.ts'
import { unmask } from '../../graph/unmask.ts'
import { useAsk } from '../../graph/useAsk.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import { RadarFloorDocument } from './radar-floor.subscription.gen.ts'
import { type RadarPictureFragment, RadarPictureFragmentDoc } from './radar-picture.fragment.gen.ts'
import { RadarWindowDocument } from './radar-window.query.gen.ts'
import { RadarWindowLiveDocument } from './radar-window.subscription.gen.ts'
import type { Floor } from './radar.ts'

/** The newest radar picture of a character, and the floor of the dungeon it is in; both null until reported. */
export function useRadar(character: MaybeRefOrGetter<string>) {
  const received = shallowRef<RadarPictureFragment | null>(null)
  // The query says when there is no picture: the stream says nothing then.
  const { data, fault, state, ask } = useAsk(RadarWindowDocument, () => ({ name: toValue(character) }))
  const { fault: liveFault } = useSubscription(
    RadarWindowLiveDocument,
    () => ({ character: toValue(character) }),
    ({ radarChanged }) => (received.value = unmask(RadarPictureFragmentDoc, radarChanged)),
  )
  const isKnown = computed(() => Boolean(data.value?.character))
  const picture = computed(() => {
    const radar = data.value?.character?.radar
    const asked = radar ? unmask(RadarPictureFragmentDoc, radar) : null
    const name = toValue(character).toLowerCase() // the graph ignores case
    const own = [received.value, asked].filter((one) => one?.character.name.toLowerCase() === name)
    return own.sort((a, b) => Date.parse(b!.receivedAt) - Date.parse(a!.receivedAt))[0] ?? null
  })
  const landblock = computed(() => picture.value?.landblock ?? null)
  return { picture, floor: useFloor(landblock), state, fault, liveFault, isKnown, ask }
}

/** Follows the floor of a landblock while there is one. */
function useFloor(landblock: MaybeRefOrGetter<string | null>) {
  const floor = shallowRef<Floor | null>(null)
  let stop = () => undefined as void
  watch(
    [() => toValue(landblock), inView] as const,
    ([name, isSeen]) => {
      stop()
      stop = () => undefined
      if (!isSeen) return
      floor.value = null
      // Without the floor the picture is still right, so that an error here is not shown: the stream is tried again.
      if (name)
        stop = followStream(
          RadarFloorDocument,
          { landblock: name },
          { next: ({ dungeonMapChanged }) => (floor.value = dungeonMapChanged) },
        )
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return floor
}
