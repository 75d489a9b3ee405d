import { onScopeDispose, readonly, ref, watch } from 'vue'
import { client } from '../graph/client.ts'
import { faultText } from '../graph/fault.ts'
import { liveWorld } from '../world/live-world.ts'
import { useShownWorld } from '../world/shown-world.ts'
import { PastWorld } from './past-world.ts'
import { type LoadPiece, createPieces } from './pieces.ts'
import { ReplayPieceDocument } from './replay-piece.query.gen.ts'
import { samplesOf } from './samples.ts'

const load: LoadPiece = async ({ since, until, points }) => {
  const variables = { since: new Date(since).toISOString(), until: new Date(until).toISOString(), points }
  const { data, error } = await client.query(ReplayPieceDocument, variables).toPromise()
  if (!data) throw error ?? new Error('No answer.')
  return new Map(data.replay.map((one) => [one.character.name, samplesOf(one)]))
}

/** Shows the world of the clock's moment while the clock is not LIVE, and the live one again after. */
export function usePastWorld() {
  const { world, clock } = useShownWorld()
  const fault = ref<string>()
  /** Nothing of this time has been loaded yet. */
  const isLoading = ref(false)
  const pieces = createPieces(
    load,
    () => liveWorld.serverNow(Date.now()),
    draw,
    (cause) => {
      fault.value = faultText(cause as Error)
    },
  )
  const past = new PastWorld(pieces)

  function draw() {
    if (clock.moment.value === null) return
    for (let i = past.size; i < liveWorld.size; i++)
      past.know({ name: liveWorld.names[i]!, tag: liveWorld.tags[i]!, lastSeenAt: null })
    isLoading.value = !past.show(clock.moment.value, performance.now())
    if (!isLoading.value) fault.value = undefined
  }
  watch(
    [clock.moment, clock.isRunning, clock.speed],
    ([moment, isRunning, speed]) => {
      if (moment === null) return (world.value = liveWorld)
      pieces.need(moment, isRunning ? speed : 0)
      draw()
      return (world.value = past)
    },
    { immediate: true, flush: 'sync' },
  )
  /** Pieces that failed, and those of the present, are asked for again while the clock stands. */
  const again = setInterval(() => {
    if (clock.moment.value !== null) pieces.need(clock.moment.value, clock.isRunning.value ? clock.speed.value : 0)
  }, 3_000)
  onScopeDispose(() => {
    clearInterval(again)
    world.value = liveWorld
  })
  return { fault: readonly(fault), isLoading: readonly(isLoading) }
}
