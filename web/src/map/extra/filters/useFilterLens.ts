import { onScopeDispose, watch, watchEffect } from 'vue'
import { client } from '../../../graph/client.ts'
import { resumes } from '../../../graph/connection.ts'
import { faultText } from '../../../graph/fault.ts'
import { useViewer } from '../../../graph/viewer.ts'
import { useMoment, useWorld } from '../../../world/shown-world.ts'
import { useWorldVersion } from '../../../world/world-version.ts'
import { lens } from '../../lens.ts'
import { useMapStore } from '../../map-store.ts'
import type { MapRenderer } from '../../renderer.ts'
import { FADED, markInks } from '../mark-look.ts'
import { groupColour, useDotGroups } from './dot-groups.ts'
import { readFilter } from './filter-expression.ts'
import { type Found, useMapFilters } from './map-filters.ts'
import { MapFilteredDocument, type MapFilteredQueryVariables, MapOwnersDocument } from './map-filters.gen.ts'
import { texts } from './messages.ts'

const REFRESH_MS = 10_000
const MOMENT_MS = 2_000
const GROUPS_MS = 2_000

/** Names that fit a filter, over all pages. */
async function findNames(where: MapFilteredQueryVariables['where'], at: string | null): Promise<Found> {
  const names = new Set<string>()
  let after: string | null = null
  let count = 0
  do {
    const answer: Awaited<ReturnType<typeof page>> = await page(after)
    if (!answer.data?.characters) return { names, count: null, fault: faultText(answer.error) }
    const { nodes, pageInfo, totalCount } = answer.data.characters
    for (const { name } of nodes) names.add(name)
    count = totalCount
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  return { names, count }
  function page(cursor: string | null) {
    return client
      .query(MapFilteredDocument, { where, at, after: cursor }, { requestPolicy: 'network-only' })
      .toPromise()
  }
}

/** Keeps what the filters find, and has the map show it. */
export function useFilterLens(renderer: MapRenderer) {
  const map = useMapStore()
  const filters = useMapFilters()
  const moment = useMoment(MOMENT_MS)
  let turn = 0

  async function find(text: string): Promise<Found> {
    const read = readFilter(text, { favourites: [...map.favourites] })
    if ('fault' in read) return { names: new Set(), count: null, fault: read.fault }
    const answer = await findNames(read.where, moment.value)
    // What was found before is of more use than nothing.
    return answer.fault ? { ...answer, names: filters.found.get(text)?.names ?? answer.names } : answer
  }
  async function ask() {
    const mine = ++turn
    const searched = [...new Set(filters.on.map(({ text }) => text))]
    const answers = await Promise.all(searched.map(async (text) => [text, await find(text)] as const))
    if (mine === turn) filters.found = new Map(answers)
  }
  const askAgain = () => !document.hidden && void ask()
  watch([() => filters.on.map(({ text }) => text).join(';'), () => map.favourites, resumes, moment], askAgain, {
    immediate: true,
  })
  const timer = setInterval(() => filters.on.length > 0 && askAgain(), REFRESH_MS)

  useOwners()
  showGroupsAndFound(renderer)
  onScopeDispose(() => {
    turn++
    clearInterval(timer)
  })
}

/** Knows who owns whom while dots are coloured by that. */
function useOwners() {
  const map = useMapStore()
  const filters = useMapFilters()
  const isAdmin = useViewer().role === 'ADMIN'
  async function askOwners() {
    if (map.colouring !== 'owner') return
    if (!isAdmin) {
      const { names } = await findNames({ mine: true }, null)
      filters.owners = new Map([...names].map((name) => [name, texts.mine]))
      return
    }
    const known = new Map<string, string>()
    let after: string | null = null
    do {
      const answer: Awaited<ReturnType<typeof page>> = await page(after)
      if (!answer.data?.ownerships) return
      for (const { character, username } of answer.data.ownerships.nodes) known.set(character.name, username ?? '')
      const { hasNextPage, endCursor } = answer.data.ownerships.pageInfo
      after = hasNextPage ? endCursor : null
    } while (after)
    filters.owners = known
    function page(cursor: string | null) {
      return client.query(MapOwnersDocument, { after: cursor }, { requestPolicy: 'network-only' }).toPromise()
    }
  }
  watch([() => map.colouring, resumes], () => void askOwners(), { immediate: true })
}

/** Has the map show the groups of dots, and what the filters found. */
function showGroupsAndFound(renderer: MapRenderer) {
  const map = useMapStore()
  const filters = useMapFilters()
  const groups = useDotGroups()
  const world = useWorld()
  const version = useWorldVersion(GROUPS_MS)
  watchEffect(() => {
    void version.value
    groups.sort(world.value, map.colouring, filters.owners)
  })
  watchEffect(() => {
    const wanted = filters.on.map(({ text, colour }) => ({ colour, names: filters.found.get(text)?.names }))
    const isGrouped = map.colouring === 'tag' || map.colouring === 'owner'
    const { others } = filters
    const groupOf = groups.of
    renderer.invalidate('trails', 'top')
    if (wanted.length === 0 && !isGrouped) return (lens.value = null)
    const filterOf = (name: string) => wanted.find(({ names }) => names?.has(name))
    lens.value = {
      hides: (name) => others === 'hidden' && wanted.length > 0 && !filterOf(name),
      colour(name, { inks }) {
        const filter = filterOf(name)
        if (filter) return markInks[inks.theme][filter.colour]
        if (others === 'faded' && wanted.length > 0) return FADED[inks.theme]
        return isGrouped ? groupColour(groupOf.get(name), inks) : undefined
      },
    }
    return undefined
  })
  onScopeDispose(() => (lens.value = null))
}
