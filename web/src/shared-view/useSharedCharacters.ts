import { onScopeDispose, ref, shallowRef } from 'vue'
import { client } from '../graph/client.ts'
import { unmask, type Masked } from '../graph/unmask.ts'
import { useSubscription } from '../graph/useSubscription.ts'
import type { MapMarkColour } from '../generated/types.ts'
import { FADED, markInks } from '../map/extra/mark-look.ts'
import { lens } from '../map/lens.ts'
import { liveWorld } from '../world/live-world.ts'
import { SharedCharacterRowFragmentDoc, type SharedCharacterRowFragment } from './shared-character-row.fragment.gen.ts'
import { SharedMomentDocument, SharedMovesDocument } from './shared-view.gen.ts'
import type { View } from './useSharedView.ts'

/** So that those of a past moment stay as they were, and do not fall silent. */
const AGAIN_MS = 5_000

/** Fills the world with the characters of a view, and colours them by its filters. */
export function useSharedCharacters(view: View) {
  const count = ref(0)
  const filters = shallowRef<ReadonlyMap<string, readonly number[]>>(new Map())

  function take(rows: readonly Masked<SharedCharacterRowFragment>[], shiftMs = 0) {
    const now = Date.now()
    const found = new Map(filters.value)
    for (const row of rows) {
      const { name, receivedAt, ew, ns, state, killsPerHour, ...known } = unmask(SharedCharacterRowFragmentDoc, row)
      const { healthPercent: health, filters: by } = known
      const at = Date.parse(receivedAt) + shiftMs
      liveWorld.move({ name, at, ew, ns, state, kills: null, killsPerHour, deaths: null, raresFound: null }, now)
      liveWorld.fare({ name, at, health, stamina: null, mana: null, vitae: null }, now)
      found.set(name, by)
    }
    filters.value = found
    count.value = liveWorld.names.filter((_, i) => liveWorld.isPresent(i, now)).length
    if (view.colours.length > 0)
      lens.value = {
        hides: () => false, // the server keeps back who is not to be seen
        colour(name, { inks }) {
          const [first] = found.get(name) ?? []
          if (first === undefined) return FADED[inks.theme]
          return markInks[inks.theme][view.colours[first] as MapMarkColour]
        },
      }
  }

  if (view.moment === null) {
    useSubscription(SharedMovesDocument, {}, ({ sharedCharactersMoved }) => take(sharedCharactersMoved))
  } else {
    const moment = Date.parse(view.moment)
    let rows: readonly Masked<SharedCharacterRowFragment>[] = []
    const again = () => take(rows, Date.now() - moment)
    void client
      .query(SharedMomentDocument, {})
      .toPromise()
      .then(({ data }) => {
        rows = data?.sharedCharacters ?? []
        again()
      })
    const timer = setInterval(again, AGAIN_MS)
    onScopeDispose(() => clearInterval(timer))
  }
  return { count }
}
