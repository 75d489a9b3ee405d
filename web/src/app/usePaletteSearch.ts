import { refDebounced } from '@vueuse/core'
import { type Ref, computed } from 'vue'
import { formatPlace } from '../../../shared/world/dereth/coordinates.ts'
import { useAsk } from '../graph/useAsk.ts'
import type { Hit } from './palette.ts'
import { PaletteSearchDocument } from './palette-search.query.gen.ts'
import { texts } from './palette.messages.ts'

/** Shorter text fits too much to be worth a question. */
const LEAST_LETTERS = 3
const PAUSE_MS = 200

/** What the graph finds for the text of the palette: items, quests and portals. */
export function usePaletteSearch(text: Ref<string>) {
  const typed = refDebounced(
    computed(() => text.value.trim()),
    PAUSE_MS,
  )
  const wanted = computed(() => (typed.value.length < LEAST_LETTERS ? null : { text: typed.value }))
  const { data, fault, asking } = useAsk(PaletteSearchDocument, wanted)
  const hits = computed((): Hit[] => {
    if (!wanted.value || !data.value || typed.value !== text.value.trim()) return []
    const { items, questMatrix, portals } = data.value
    return [
      ...(items?.nodes ?? []).flatMap(({ id, name, fullName, character }): Hit[] =>
        character
          ? [
              {
                kind: 'item',
                id: `i:${id}`,
                name: fullName ?? name ?? texts.unnamedItem,
                detail: texts.itemOf(character.name),
                itemId: id,
                character: character.name,
              },
            ]
          : [],
      ),
      ...(questMatrix?.quests ?? []).map(({ name }): Hit => ({
        kind: 'quest',
        id: `q:${name}`,
        name,
        detail: texts.quest,
      })),
      ...(portals?.nodes ?? []).map(({ name: called, ew, ns }): Hit => {
        const place = { ew, ns }
        const name = called ?? texts.unnamedPortal
        return { kind: 'portal', id: `p:${name}:${ew}:${ns}`, name, detail: texts.portal(formatPlace(place)), place }
      }),
    ]
  })
  return { hits, fault, asking }
}
