import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { useWorld } from '../world/shown-world.ts'
import { FLIGHT_MS, alongFlight } from './fly.ts'
import type { MapRenderer } from './renderer.ts'
import { type Camera, centreOn, clampCamera, fitCamera } from './view.ts'

const NEAR_K = 22

/** Carries the camera over the map instead of jumping, so that the eye keeps its bearings. */
export function useMapFlight(renderer: () => MapRenderer | undefined) {
  const shown = useWorld()
  let flight = 0

  function fly(to: Camera) {
    const map = renderer()
    if (!map) return
    const mine = ++flight
    const from = { ...map.camera }
    const started = Date.now()
    const span = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : FLIGHT_MS
    map.animate((now) => {
      if (mine !== flight) return false
      const share = span === 0 ? 1 : (now - started) / span
      map.moving = share < 1
      map.look(alongFlight(from, to, share))
      if (share < 1) return true
      map.setMoving(false)
      return false
    })
  }

  /** Puts the place into the middle of what the windows leave free. */
  function flyTo(place: Place, k?: number) {
    const map = renderer()
    if (!map) return
    const { free, w, h } = map
    const zoom = clampCamera({ cx: 0, cy: 0, k: k ?? Math.max(map.camera.k, NEAR_K) }, w, h).k
    fly(centreOn(place, zoom, free))
  }

  function flyToCharacter(name: string) {
    const world = shown.value
    const i = world.find(name)
    if (i !== undefined && world.isPresent(i, Date.now()) && !world.isBelow(i))
      flyTo({ ew: world.ew[i]!, ns: world.ns[i]! })
  }

  function showWorld() {
    const map = renderer()
    if (map) fly(fitCamera(map.w, map.h, map.free))
  }

  const land = () => {
    flight++
  }
  return { flyTo, flyToCharacter, showWorld, land }
}
