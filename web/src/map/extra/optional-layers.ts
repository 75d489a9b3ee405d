import { defineStore } from 'pinia'
import { type EffectScope, effectScope, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { showToast } from '../../ui/toasts.ts'
import { useMoment, useWorld } from '../../world/shown-world.ts'
import { useMapStore } from '../map-store.ts'
import type { MapRenderer } from '../renderer.ts'
import { type LayerKind, layerKinds } from './layer-kinds.ts'
import type { LayerFacts, OptionalLayer } from './layer-types.ts'
import { texts } from './messages.ts'

/** What the layers know of themselves, by id, for the panel. */
export const useLayerFacts = defineStore('layer-facts', () => {
  const facts = shallowRef<Readonly<Record<string, LayerFacts>>>({})
  const report = (id: string, known: LayerFacts) => (facts.value = { ...facts.value, [id]: known })
  return { facts, report }
})

const MOMENT_MS = 2_000

/** Loads and draws the layers that are switched on. */
export function useOptionalLayers(renderer: MapRenderer) {
  const map = useMapStore()
  const { report } = useLayerFacts()
  const world = useWorld()
  const moment = useMoment(MOMENT_MS)
  const drawn = new Map<string, { scope: EffectScope; layer: OptionalLayer }>()
  const wanted = ref(new Set<string>())

  async function show({ id, part, load }: LayerKind) {
    const { start } = await load()
    if (!wanted.value.has(id) || drawn.has(id)) return
    const scope = effectScope(true)
    const serverNow = () => world.value.serverNow(Date.now())
    const given = { moment, serverNow, invalidate: () => renderer.invalidate(part), report: report.bind(null, id) }
    const layer = scope.run(() => start(given))!
    drawn.set(id, { scope, layer })
    renderer.add(part, layer.layer)
  }
  function hide(id: string) {
    const one = drawn.get(id)
    drawn.delete(id)
    one?.scope.stop()
    if (one) renderer.remove(one.layer.layer)
  }
  for (const kind of layerKinds)
    watch(
      () => map.isOn(kind.id),
      (isOn) => {
        wanted.value[isOn ? 'add' : 'delete'](kind.id)
        if (!isOn) return hide(kind.id)
        return void show(kind).catch(() =>
          showToast({ kind: 'fault', title: texts.thisLayerCouldNotBe, text: kind.name }),
        )
      },
      { immediate: true },
    )
  onScopeDispose(() => layerKinds.forEach(({ id }) => hide(id)))

  return {
    /** What lies under a point, of the first layer that knows. */
    textAt(x: number, y: number): string | null {
      for (const { layer } of drawn.values()) {
        const text = layer.textAt?.(x, y)
        if (text) return text
      }
      return null
    },
  }
}
