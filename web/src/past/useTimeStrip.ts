import { computed, ref, shallowRef, watch } from 'vue'
import { useIntervalFn } from '@vueuse/core'
import { useAsk } from '../graph/useAsk.ts'
import { liveWorld } from '../world/live-world.ts'
import { useClock } from '../world/shown-world.ts'
import { stretchAround, stripBars } from './density.ts'
import { TimeBarDensityDocument, TimeBarSpanDocument } from './time-bar.query.gen.ts'
import { texts } from './messages.ts'

const HOUR_MS = 3_600_000
export const lengths = [
  {
    id: '1h',
    get name() {
      return texts.hour
    },
    ms: HOUR_MS,
  },
  {
    id: '6h',
    get name() {
      return texts.sixHours
    },
    ms: 6 * HOUR_MS,
  },
  {
    id: '24h',
    get name() {
      return texts.day
    },
    ms: 24 * HOUR_MS,
  },
  {
    id: '7d',
    get name() {
      return texts.week
    },
    ms: 168 * HOUR_MS,
  },
  {
    id: 'all',
    get name() {
      return texts.all
    },
    ms: 0,
  },
] as const
export type LengthId = (typeof lengths)[number]['id']

const POINTS = 160
const REFRESH_MS = 15_000

/** The stretch that the time bar shows, what happened in it, and how far back history goes. */
export function useTimeStrip(isShown: () => boolean) {
  const clock = useClock()
  const length = ref<LengthId>('1h')
  const now = () => liveWorld.serverNow(Date.now())
  const span = useAsk(TimeBarSpanDocument, {})
  /** The oldest moment that is stored; null before the first frame of a guild. */
  const first = computed(() => {
    const since = span.data.value?.replayableSince
    return since ? Date.parse(since) : null
  })
  watch(first, (since) => since !== null && (clock.first.value = since), { immediate: true })

  const lengthMs = () => lengths.find(({ id }) => id === length.value)!.ms || now() - (first.value ?? now() - HOUR_MS)
  const stretch = shallowRef(stretchAround(clock.moment.value, lengthMs(), now()))
  /** Ends a stretch that ends now at this moment. */
  function fit() {
    const moment = clock.moment.value
    const [since, until] = stretch.value
    const isLast = until > now() - 2 * REFRESH_MS
    if (moment === null || moment < since || moment > until || isLast)
      stretch.value = stretchAround(isLast && moment !== null && moment >= since ? null : moment, lengthMs(), now())
  }
  watch([length, first], () => (stretch.value = stretchAround(clock.moment.value, lengthMs(), now())))
  // While the clock stays within the stretch, the bar stands still under the finger.
  watch(clock.moment, (moment) => {
    if (moment !== null && (moment < stretch.value[0] || moment > stretch.value[1])) fit()
  })
  useIntervalFn(() => isShown() && fit(), REFRESH_MS)

  const density = useAsk(TimeBarDensityDocument, () =>
    isShown()
      ? {
          since: new Date(stretch.value[0]).toISOString(),
          until: new Date(stretch.value[1]).toISOString(),
          points: POINTS,
        }
      : null,
  )
  const bars = computed(() =>
    density.data.value?.guildEventDensity ? stripBars(density.data.value.guildEventDensity) : [],
  )
  const fault = computed(() => span.fault.value ?? density.fault.value)
  return { length, stretch, first, bars, fault, fit, isKnown: computed(() => span.data.value !== undefined) }
}
