import { computed } from 'vue'
import { useAsk } from '../../graph/useAsk.ts'
import { unmask } from '../../graph/unmask.ts'
import { equipmentSets, setName } from '../../../../shared/world/dereth/equipment-sets.ts'
import { FacetEntryFragmentDoc } from '../../item/facet-entry.fragment.gen.ts'
import type { KeyedChoice } from './choice.ts'
import { SuitWindowOwnedDocument } from './suit-owned.query.gen.ts'
import { texts } from './messages.ts'

/** What there is to choose from: characters with known items, sets with pieces, and the game server. */
export function useOwned() {
  const { data, fault, state, ask } = useAsk(SuitWindowOwnedDocument, {})
  const received = computed(() => data.value?.items)
  const facet = (name: 'characters' | 'sets') =>
    (received.value?.facets[name] ?? []).map((one) => unmask(FacetEntryFragmentDoc, one))
  const items = (count: number) => `${count} ${texts.itemsOfCount(count)}`
  const characters = computed((): KeyedChoice[] =>
    facet('characters').map(({ key, count }) => ({ key, label: key, note: items(count) })),
  )
  /** Sets that count for suits first; those without any owned piece can be chosen as well. */
  const sets = computed((): KeyedChoice[] => {
    const counts = new Map(facet('sets').map(({ key, count }) => [Number(key), count]))
    const loot = equipmentSets.filter(({ kind }) => kind === 'ARMOR').map(({ id }) => id)
    const wearable = equipmentSets
      .filter(
        ({ id, kind }) => counts.has(id) && (kind === 'QUEST' || kind === 'SHADOW_ARMOR' || kind === 'RARE_ARMOR'),
      )
      .map(({ id }) => id)
    return [...loot, ...wearable]
      .map((id) => ({
        key: String(id),
        label: setName(id),
        note: items(counts.get(id) ?? 0),
        count: counts.get(id) ?? 0,
      }))
      .sort((a, b) => b.count - a.count)
  })
  /** Of the first item known: a guild plays on one. */
  const server = computed(() => received.value?.nodes[0]?.server ?? '')
  const isEmpty = computed(() => received.value?.totalCount === 0)
  return { characters, sets, server, isEmpty, fault, state, ask }
}
