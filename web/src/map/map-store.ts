import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isVisitorPage } from '../ui/visitor-page.ts'
import { type Colouring, colourings } from './dot-look.ts'

export const mapToggles = ['trails', 'names', 'grid', 'terrain'] as const
export type MapToggle = (typeof mapToggles)[number]

const DEFAULTS: Record<MapToggle, boolean> = { trails: true, names: true, grid: true, terrain: true }

/** The viewer's choices: what to see, and which character. Places and vitals are not here: see world/. */
export const useMapStore = defineStore('map', () => {
  const stored = useLocalStorage<Record<string, unknown>>(
    isVisitorPage ? 'overlord.shared-map' : 'overlord.map',
    {},
    { mergeDefaults: true },
  )
  const shows = computed(
    () =>
      Object.fromEntries(
        mapToggles.map((key) => [key, typeof stored.value[key] === 'boolean' ? stored.value[key] : DEFAULTS[key]]),
      ) as Record<MapToggle, boolean>,
  )
  /** Layers that came later; only the marks of the guild are shown unless they are switched off. */
  const isOn = (layer: string) => (stored.value[layer] ?? layer === 'marks') === true
  const turn = (layer: string) => (stored.value = { ...stored.value, [layer]: !isOn(layer) })
  const toggle = (key: MapToggle) => (stored.value = { ...stored.value, [key]: !shows.value[key] })
  const colouring = computed<Colouring>({
    get: () => colourings.find((one) => one === stored.value.colouring) ?? 'state',
    set: (value) => (stored.value = { ...stored.value, colouring: value }),
  })
  const selected = ref<string | null>(null)
  const following = ref(false)
  function select(name: string | null, follow = false) {
    selected.value = name
    following.value = follow && name !== null
  }
  /** Many characters that are selected, apart from the one above. */
  const picked = shallowRef<readonly string[]>([])
  /** What the pointer does on the map instead of moving it. */
  const tool = ref<'lasso' | 'measure' | null>(null)
  const stars = useLocalStorage<unknown>('overlord.favourites', [])
  const favourites = computed<ReadonlySet<string>>(
    () => new Set(Array.isArray(stars.value) ? stars.value.filter((one) => typeof one === 'string') : []),
  )
  function setFavourite(name: string, isOne: boolean) {
    const others = [...favourites.value].filter((one) => one !== name)
    stars.value = isOne ? [...others, name] : others
  }
  return { shows, toggle, isOn, turn, colouring, selected, following, select, picked, tool, favourites, setFavourite }
})
