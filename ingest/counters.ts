import { Counter, Gauge, Histogram } from 'prom-client'

/** Frames by type, counted plainly: this stands in the way of every frame. */
const tallies = new Map<string, Record<FrameOutcome, number>>()
export type FrameOutcome = 'kept' | 'relayed' | 'refused'

/** Counts a frame. `type` is one of ours, `share` or `other`: never a name a sender made up. */
export function countFrame(type: string, outcome: FrameOutcome): void {
  let outcomes = tallies.get(type)
  if (!outcomes) tallies.set(type, (outcomes = { kept: 0, relayed: 0, refused: 0 }))
  outcomes[outcome]++
}

export const counters = {
  frames: new Counter({
    name: 'overlord_ingest_frames_total',
    help: 'Frames by type and what became of them',
    labelNames: ['type', 'outcome'],
    collect() {
      this.reset()
      for (const [type, outcomes] of tallies)
        for (const [outcome, count] of Object.entries(outcomes)) if (count > 0) this.inc({ type, outcome }, count)
    },
  }),
  dropped: new Counter({
    name: 'overlord_ingest_dropped_total',
    help: 'Frames and parts of frames not kept, by reason',
    labelNames: ['reason'],
  }),
  unknownTypes: new Counter({
    name: 'overlord_ingest_unknown_types_total',
    help: 'Frames of types we do not know, by name',
    labelNames: ['type'],
  }),
  unknownFields: new Counter({
    name: 'overlord_ingest_unknown_fields_total',
    help: 'Fields we do not know, by frame type and name',
    labelNames: ['type', 'field'],
  }),
  stored: new Counter({ name: 'overlord_ingest_stored_frames_total', help: 'Frames whose rows are committed' }),
  plugins: new Gauge({ name: 'overlord_ingest_plugins', help: 'Plugin sockets open now' }),
  spoolBytes: new Gauge({ name: 'overlord_ingest_spool_bytes', help: 'Bytes on disk waiting to be stored' }),
  spoolFaults: new Counter({
    name: 'overlord_ingest_spool_faults_total',
    help: 'Writes to the spool the disk refused',
  }),
  heldBack: new Counter({
    name: 'overlord_ingest_held_back_total',
    help: 'Times a plugin was held back',
    labelNames: ['reason'],
  }),
  batch: new Histogram({
    name: 'overlord_ingest_batch_seconds',
    help: 'Time to store a batch',
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
  }),
}

/** Frames of a type that came after newer ones, and told nothing new. */
export function countLate(type: string, count = 1): void {
  if (count > 0) counters.dropped.inc({ reason: `late ${type}` }, count)
}

const MAX_NAMES = 200
const seen = { types: new Set<string>(), fields: new Set<string>() }

/** The name itself while few are known, else `other`: a sender must not grow our memory by inventing names. */
function bounded(names: Set<string>, name: string): string {
  if (names.has(name)) return name
  if (names.size >= MAX_NAMES || name.length > 64) return 'other'
  names.add(name)
  return name
}

export const countUnknownType = (type: string): void => counters.unknownTypes.inc({ type: bounded(seen.types, type) })
export function countUnknownField(type: string, field: string): void {
  const name = bounded(seen.fields, `${type}.${field}`)
  counters.unknownFields.inc(name === 'other' ? { type: 'other', field: 'other' } : { type, field })
}
