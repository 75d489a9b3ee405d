import { onScopeDispose, shallowRef, watch } from 'vue'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/dereth/coordinates.ts'
import { client } from '../graph/client.ts'
import { resumes } from '../graph/connection.ts'
import { isVisitorPage } from '../ui/visitor-page.ts'
import type { Theme } from '../ui/theme.ts'
import { MapPresenceDocument } from './map-presence.query.gen.ts'
import type { PresenceGrid } from './terrain.ts'
import type { TerrainOrder, TerrainPiece } from './terrain.worker.ts'

const REFRESH_MS = 60_000
const EMPTY: PresenceGrid = { size: PRESENCE_SIZE, edge: EDGE, cells: [], visits: [] }

/** The ground, painted in a worker; requested again each minute while it is visible. */
export function useTerrain(theme: () => Theme, onPainted: () => void) {
  const piece = shallowRef<TerrainPiece | null>(null)
  let grid: PresenceGrid = EMPTY
  let print = ''
  let disposed = false
  const worker = new Worker(new URL('./terrain.worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<TerrainPiece>) => {
    for (const picture of ['lined', 'small', 'plain'] as const) piece.value?.[picture].close()
    piece.value = data
    onPainted()
  }

  const paint = () => worker.postMessage({ grid, theme: theme() } satisfies TerrainOrder)

  async function refresh() {
    if (document.hidden && piece.value) return
    if (isVisitorPage) return piece.value ?? paint() // where the guild has been is not for visitors
    const answer = await client.query(MapPresenceDocument, {}).toPromise()
    if (disposed || !answer.data) return piece.value ?? paint()
    grid = answer.data.presence
    // A quiet guild leaves the grid as it was: nothing to paint.
    const next = `${grid.cells.length}:${grid.visits.reduce((sum, visits) => sum + visits, 0)}`
    if (next !== print || !piece.value) paint()
    print = next
  }

  void refresh()
  const timer = setInterval(refresh, REFRESH_MS)
  watch(theme, paint)
  watch(resumes, refresh)
  onScopeDispose(() => {
    disposed = true
    clearInterval(timer)
    worker.terminate()
  })
  return piece
}
