import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { client } from '../graph/client.ts'
import { resumes } from '../graph/connection.ts'
import { faultText } from '../graph/fault.ts'
import { useMoment } from '../world/shown-world.ts'
import { liveWorld } from '../world/live-world.ts'
import { type MapMarksQuery, MapMarksDocument } from './map-marks.query.gen.ts'
import { useMapStore } from './map-store.ts'
import { texts } from './event-marks.messages.ts'

export const markKinds = ['rares', 'deaths'] as const
export type MarkKind = (typeof markKinds)[number]

/** What happened at a place. */
export interface EventMark {
  kind: MarkKind
  ew: number
  ns: number
  /** When, by the server's clock, in milliseconds. */
  at: number
  text: string
}

/** How far back marks go. */
export const MARKS_MS = 24 * 3_600_000
const REFRESH_MS = 30_000

/** The marks of an answer, oldest first so that newer ones are drawn over them. Without a place there is no mark. */
export function marksOf({ rares, alerts }: MapMarksQuery): EventMark[] {
  const marks: EventMark[] = []
  for (const { name, receivedAt, ew, ns, character } of rares?.nodes ?? []) {
    if (ew === null || ns === null) continue
    marks.push({ kind: 'rares', ew, ns, at: Date.parse(receivedAt), text: texts.found(character.name, name) })
  }
  for (const { at, ew, ns, cause, character } of alerts?.nodes ?? []) {
    if (ew === null || ns === null) continue
    const text = (cause ? texts.diedTo : texts.died)(character?.name ?? texts.somebody, cause ?? '')
    marks.push({ kind: 'deaths', ew, ns, at: Date.parse(at), text })
  }
  return marks.sort((a, b) => a.at - b.at)
}

/**
 * Rares and deaths of the last day before the moment that is shown. Nothing is asked while neither is shown; what is,
 * again every half minute.
 */
export const useEventMarks = defineStore('event-marks', () => {
  const map = useMapStore()
  const moment = useMoment(2_000)
  const marks = shallowRef<readonly EventMark[]>([])
  /** How many there are of each kind, with those that have no place; null while that is not known. */
  const counts = shallowRef<Record<MarkKind, number | null>>({ rares: null, deaths: null })
  const fault = ref<string>()
  /** When they were asked for, by this page's clock; null before. */
  const askedAt = ref<number | null>(null)
  let turn = 0

  async function ask() {
    const mine = ++turn
    const [rares, deaths] = [map.isOn('rares'), map.isOn('deaths')]
    if (!rares && !deaths) return (marks.value = [])
    if (document.hidden) return marks.value
    const until = moment.value
    const end = until === null ? liveWorld.serverNow(Date.now()) : Date.parse(until)
    const since = new Date(end - MARKS_MS).toISOString()
    const answer = await client.query(MapMarksDocument, { since, until, rares, deaths }).toPromise()
    if (mine !== turn) return marks.value
    fault.value = answer.error ? faultText(answer.error) : undefined
    if (!answer.data) return marks.value
    askedAt.value = Date.now()
    counts.value = {
      rares: answer.data.rares?.totalCount ?? null,
      deaths: answer.data.alerts?.totalCount ?? null,
    }
    return (marks.value = marksOf(answer.data))
  }
  watch([() => map.isOn('rares'), () => map.isOn('deaths'), resumes, moment], ask, { immediate: true })
  const timer = setInterval(ask, REFRESH_MS)
  onScopeDispose(() => clearInterval(timer))
  return { marks, counts, fault, askedAt }
})
