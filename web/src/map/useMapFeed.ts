import { onScopeDispose, readonly, ref, watch } from 'vue'
import { client } from '../graph/client.ts'
import { resumes } from '../graph/connection.ts'
import { faultText } from '../graph/fault.ts'
import { useSubscription } from '../graph/useSubscription.ts'
import { liveWorld } from '../world/live-world.ts'
import { MapCharactersDocument } from './map-characters.query.gen.ts'
import { MapTelemetryDocument } from './map-telemetry.subscription.gen.ts'
import { MapTrailsDocument } from './map-trails.query.gen.ts'
import { MapVitalsDocument } from './map-vitals.subscription.gen.ts'

/** Everything that fills the world: who is known, the way they came, then each step. Asked again after a reconnect. */
export function useMapFeed() {
  const fault = ref<string>()
  /** Null until we know whether anybody was ever heard. */
  const known = ref<number | null>(null)
  let disposed = false

  // In lists: hundreds of characters are ten and five messages a second.
  useSubscription(MapTelemetryDocument, {}, ({ telemetryBatches: batch }) => {
    for (const received of batch)
      liveWorld.move({ ...received, name: received.character.name, at: Date.parse(received.receivedAt) }, Date.now())
    if (batch.length > 0 && !known.value) known.value = 1
  })
  useSubscription(MapVitalsDocument, {}, ({ vitalsBatches: batch }) => {
    for (const received of batch) {
      const { healthPercent: health, staminaPercent: stamina, manaPercent: mana, vitae } = received
      const at = Date.parse(received.receivedAt)
      liveWorld.fare({ name: received.character.name, at, health, stamina, mana, vitae }, Date.now())
    }
  })

  async function askCharacters() {
    let after: string | null = null
    let count = 0
    do {
      const answer: Awaited<ReturnType<typeof page>> = await page(after)
      if (disposed) return
      fault.value = answer.error ? faultText(answer.error) : undefined
      if (!answer.data) return
      const { nodes, pageInfo } = answer.data.characters
      for (const { name, tag, lastSeenAt } of nodes) {
        liveWorld.know({ name, tag, lastSeenAt: lastSeenAt ? Date.parse(lastSeenAt) : null })
      }
      count += nodes.length
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    known.value = Math.max(count, known.value ?? 0)
  }
  const page = (after: string | null) => client.query(MapCharactersDocument, { after }).toPromise()

  async function askTrails() {
    const answer = await client.query(MapTrailsDocument, {}).toPromise()
    if (disposed || !answer.data) return
    for (const { character, path } of answer.data.trails) {
      const since = Date.parse(path.since)
      liveWorld.remember(
        character.name,
        path.seconds.map((after, i) => ({ ew: path.ew[i]!, ns: path.ns[i]!, at: Math.round(since + after * 1000) })),
      )
    }
  }

  watch(
    resumes,
    () => {
      void askCharacters()
      void askTrails()
    },
    { immediate: true },
  )
  onScopeDispose(() => (disposed = true))
  return { fault: readonly(fault), known: readonly(known) }
}
