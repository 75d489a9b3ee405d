// The core of our map as the dashboard runs it: renderer, layers, dots that glide, gestures; no graph and no windows.
import { createPinia } from 'pinia'
import { createApp, effectScope, ref } from 'vue'
import { mapInks } from '../../../../web/src/map/map-inks.ts'
import { makeMapLayers } from '../../../../web/src/map/map-layers.ts'
import { useMapStore } from '../../../../web/src/map/map-store.ts'
import { MapRenderer } from '../../../../web/src/map/renderer.ts'
import { useDotMotion } from '../../../../web/src/map/useDotMotion.ts'
import { useGestures } from '../../../../web/src/map/useGestures.ts'
import { liveWorld } from '../../../../web/src/world/live-world.ts'
import { provideShownWorld } from '../../../../web/src/world/shown-world.ts'
import { crowd, offer, PIXELS_PER_UNIT, STEP_MS, TRAIL_STEP_MS } from './crowd.ts'

const app = createApp({}).use(createPinia())
provideShownWorld(app)
const host = document.querySelector<HTMLElement>('#map')!
const HUNTING = { state: 'Combat', kills: 1, killsPerHour: 300, deaths: 0, raresFound: 0 }
const nothing = () => undefined

function start(): void {
  const motion = useDotMotion(() => renderer)
  const layers = makeMapLayers(
    () => liveWorld,
    () => null,
    useMapStore(),
    motion.glide,
  )
  const renderer: MapRenderer = new MapRenderer(host, layers, mapInks.dark)
  renderer.resize(innerWidth, innerHeight, 1)
  renderer.look({ cx: 0, cy: 0, k: PIXELS_PER_UNIT })
  useGestures(ref(host), {
    renderer: () => renderer,
    onTap: nothing,
    onHover: nothing,
    onLeave: nothing,
    onTaken: nothing,
    onStep: () => false,
    onCycle: nothing,
    onEnter: nothing,
    onDoubleTap: nothing,
    onMenu: nothing,
    onEscape: nothing,
  })
}
app.runWithContext(() => effectScope().run(start))

offer((characters) => {
  const { walkers, step, forgetTrails } = crowd(characters)
  const begun = Date.now()
  const tell = () => {
    const now = Date.now()
    for (const { name, ew, ns } of walkers) {
      liveWorld.move({ name, at: now, ew, ns, ...HUNTING }, now)
      liveWorld.fare({ name, at: now, health: 80, stamina: 90, mana: 90, vitae: 0 }, now)
    }
  }
  for (const { name, trail } of walkers)
    liveWorld.remember(
      name,
      trail.map((place, nth) => ({ ...place, at: begun - (trail.length - nth) * TRAIL_STEP_MS })),
    )
  forgetTrails()
  tell()
  setInterval(() => {
    step()
    tell()
  }, STEP_MS)
})
