// Marks that people put on the map: what the graph has of them, and the one that is drawn or looked at.
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Place } from '../../../../shared/world/dereth/coordinates.ts'
import type { MapMarkAudience, MapMarkColour, MapMarkShape } from '../../generated/types.ts'
import { change } from '../../graph/change.ts'
import { client } from '../../graph/client.ts'
import { resumes } from '../../graph/connection.ts'
import { faultText } from '../../graph/fault.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import {
  MapCreateMarkDocument,
  MapDeleteMarkDocument,
  MapGuildMarkChangedDocument,
  MapGuildMarksDocument,
  type MapGuildMarksQuery,
  MapUpdateMarkDocument,
} from './guild-marks.gen.ts'
import { texts } from './messages.ts'

export type GuildMark = NonNullable<MapGuildMarksQuery['mapMarks']>['nodes'][number]

/** A mark as the card has it: a new one has no id. */
export interface MarkDraft {
  id: string | null
  shape: MapMarkShape
  points: readonly Place[]
  /** Of a circle, in map units. */
  radius: number | null
  note: string
  colour: MapMarkColour
  audience: MapMarkAudience
  expiresAt: string | null
}

export const MAX_CORNERS = 40
/** Many changes at once are one question. */
const GATHER_MS = 150
const EXPIRY_MS = 10_000

/** The marks that the viewer sees, asked for again with each change and after each reconnect. */
function useKnownMarks() {
  const known = shallowRef<readonly GuildMark[]>([])
  const fault = ref<string>()
  /** When they were asked for, by this page's clock; null before. */
  const askedAt = ref<number | null>(null)
  const now = ref(Date.now())
  const marks = computed(() =>
    known.value.filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now.value),
  )
  let turn = 0

  async function ask() {
    const mine = ++turn
    const found: GuildMark[] = []
    let after: string | null = null
    do {
      const answer: Awaited<ReturnType<typeof page>> = await page(after)
      if (mine !== turn) return
      fault.value = answer.error ? faultText(answer.error) : undefined
      if (!answer.data?.mapMarks) return
      found.push(...answer.data.mapMarks.nodes)
      const { hasNextPage, endCursor } = answer.data.mapMarks.pageInfo
      after = hasNextPage ? endCursor : null
    } while (after)
    known.value = found
    askedAt.value = Date.now()
  }
  const page = (after: string | null) =>
    client.query(MapGuildMarksDocument, { after }, { requestPolicy: 'network-only' }).toPromise()
  const askSoon = useDebounceFn(ask, GATHER_MS)
  useSubscription(MapGuildMarkChangedDocument, {}, () => void askSoon())
  watch(resumes, ask, { immediate: true })
  const timer = setInterval(() => (now.value = Date.now()), EXPIRY_MS)
  onScopeDispose(() => clearInterval(timer))
  return { marks, fault, askedAt, ask }
}

export const useGuildMarks = defineStore('guild-marks', () => {
  const { marks, fault, askedAt, ask } = useKnownMarks()
  /** The corners of an area that is being drawn; null while none is. */
  const corners = shallowRef<readonly Place[] | null>(null)
  /** What the card shows: a mark, or one that is being made. */
  const opened = shallowRef<GuildMark | null>(null)
  const draft = ref<MarkDraft | null>(null)
  watch(marks, (found) => opened.value && (opened.value = found.find(({ id }) => id === opened.value?.id) ?? null))

  /** Opens the card with a new mark. */
  function begin(shape: MapMarkShape, points: readonly Place[]) {
    opened.value = corners.value = null
    const radius = shape === 'CIRCLE' ? 1 : null
    draft.value = { id: null, shape, points, radius, note: '', colour: 'YELLOW', audience: 'EVERYONE', expiresAt: null }
  }
  function edit({ id, shape, points, radius, note, colour, audience, expiresAt }: GuildMark) {
    draft.value = { id, shape, points, radius, note, colour, audience, expiresAt }
  }
  /** Begins to draw an area. */
  function draw(first: Place | null) {
    opened.value = draft.value = null
    corners.value = first ? [first] : []
  }
  function open(mark: GuildMark | null) {
    draft.value = corners.value = null
    opened.value = mark
  }
  /** Stores what the card has; false if it was refused. */
  async function save(): Promise<boolean> {
    if (!draft.value) return false
    const { id, shape, points, ...rest } = draft.value
    const stored = id
      ? await change(MapUpdateMarkDocument, { input: { id, ...rest } }, texts.theMarkWasNotChanged)
      : await change(MapCreateMarkDocument, { input: { shape, points: [...points], ...rest } }, texts.theMarkWasNotMade)
    if (!stored) return false
    draft.value = null
    await ask()
    return true
  }
  async function remove(id: string) {
    if (!(await change(MapDeleteMarkDocument, { input: { id } }, texts.theMarkWasNotRemoved))) return
    open(null)
    await ask()
  }
  return { marks, fault, askedAt, corners, opened, draft, begin, edit, draw, open, save, remove }
})
