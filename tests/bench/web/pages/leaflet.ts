// Leaflet with its canvas: a line and a circle for each character, and a name that stays beside it.
import L from 'leaflet'
import { crowd, offer, PIXELS_PER_UNIT, STEP_MS, TRAIL_POINTS, TRAIL_STEP_MS } from './crowd.ts'

const map = L.map('map', {
  crs: L.CRS.Simple,
  preferCanvas: true,
  zoomControl: false,
  attributionControl: false,
  zoomSnap: 0,
  inertia: false,
}).setView([0, 0], Math.log2(PIXELS_PER_UNIT))

offer((characters) => {
  const { walkers, step, forgetTrails } = crowd(characters)
  const drawn = walkers.map(({ name, ew, ns, trail }) => {
    const line = L.polyline(
      trail.map((place): L.LatLngTuple => [place.ns, place.ew]),
      { color: '#86efac', weight: 1.3, opacity: 0.5, interactive: false },
    ).addTo(map)
    const dot = L.circleMarker([ns, ew], {
      radius: 5,
      color: '#050a0d',
      weight: 2,
      fillColor: '#86efac',
      fillOpacity: 1,
    })
      .addTo(map)
      .bindTooltip(name, { permanent: true, direction: 'right', offset: [8, 0] })
    return { line, dot }
  })
  forgetTrails()
  let steps = 0
  setInterval(() => {
    step()
    steps++
    walkers.forEach(({ ew, ns }, nth) => {
      const { line, dot } = drawn[nth]!
      dot.setLatLng([ns, ew])
      const points = line.getLatLngs() as L.LatLng[]
      // The last point goes along with the dot; a new one comes as often as on our map.
      if (steps % (TRAIL_STEP_MS / STEP_MS) === 0) points.push(L.latLng(ns, ew))
      points[points.length - 1] = L.latLng(ns, ew)
      line.setLatLngs(points.length > TRAIL_POINTS ? points.slice(1) : points)
    })
  }, STEP_MS)
})
