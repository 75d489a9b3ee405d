import { useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'
import { useAsk } from '../../graph/useAsk.ts'
import { formatSpan } from '../../ui/format.ts'
import { useMoment, useWorld } from '../../world/shown-world.ts'
import { useWorldVersion } from '../../world/world-version.ts'
import { type SlowFigures, fleetRows } from './fleet.ts'
import {
  FleetHistoryDocument,
  FleetPacksDocument,
  type FleetPacksQuery,
  FleetWindowDocument,
} from './fleet-window.query.gen.ts'
import { hourOf } from './hour.ts'

const FIGURES_MS = 10_000
const PACKS_MS = 60_000
const HOUR_MS = 3_600_000

/** Items in all packs of each character, and how many fit. */
function sumPacks(packs: NonNullable<FleetPacksQuery['packs']>) {
  const sums = new Map<string, { items: number; capacity: number }>()
  for (const { character, container } of packs) {
    const { items, capacity } = sums.get(character.name) ?? { items: 0, capacity: 0 }
    sums.set(character.name, {
      items: items + container.itemCount,
      capacity: capacity + (container.capacity ?? 0),
    })
  }
  return sums
}

/** The whole fleet: live figures from the world, slow ones asked for, and the last hour of each live character. */
export function useFleet() {
  const world = useWorld()
  const version = useWorldVersion(700)
  const moment = useMoment(3_000)
  const { data, fault, state, ask } = useAsk(FleetWindowDocument, () => ({ at: moment.value }))
  const packs = useAsk(FleetPacksDocument, {})
  const hourSince = () => new Date(world.value.serverNow(Date.now()) - HOUR_MS).toISOString()
  const since = ref(hourSince())
  const history = useAsk(FleetHistoryDocument, () => ({
    since: moment.value ? new Date(Date.parse(moment.value) - HOUR_MS).toISOString() : since.value,
    at: moment.value,
  }))
  useIntervalFn(ask, FIGURES_MS)
  useIntervalFn(() => {
    void packs.ask()
    since.value = hourSince()
  }, PACKS_MS)

  // How full packs were is not known of the past.
  const packsOf = computed(() => sumPacks((!moment.value && packs.data.value?.packs) || []))
  const slow = computed(() => {
    const figures = new Map<string, SlowFigures>()
    for (const { name, telemetry } of data.value?.characters?.nodes ?? []) {
      figures.set(name, {
        tapers: telemetry?.tapers ?? null,
        onlineSeconds: telemetry?.onlineSeconds ?? null,
        kills: telemetry?.kills ?? null,
        packs: packsOf.value.get(name) ?? null,
      })
    }
    return figures
  })
  const hours = computed(() => {
    const found = history.data.value?.characters?.nodes ?? []
    return new Map(
      found.map(({ name, history: past }) => {
        const [from, to] = past ? [Date.parse(past.since), Date.parse(past.until)] : [0, 1]
        const moved = past?.telemetry
        const fared = past?.vitals
        const telemetry = moved
          ? { at: moved.at, figures: { kills: moved.kills.last, killsPerHour: moved.killsPerHour.last } }
          : null
        const vitals = fared
          ? { at: fared.at, figures: { health: fared.healthPercent.min, vitae: fared.vitae.last } }
          : null
        return [name, hourOf(telemetry, vitals, from, to)] as const
      }),
    )
  })
  const rows = computed(
    () => (void version.value, fleetRows(world.value, Date.now(), slow.value, hours.value, formatSpan)),
  )
  const partFault = computed(() => fault.value ?? packs.fault.value ?? history.fault.value)
  const left = computed(() => {
    const known = data.value?.characters
    return known ? known.totalCount - known.nodes.length : 0
  })
  return { rows, state, fault, partFault, left, ask }
}
