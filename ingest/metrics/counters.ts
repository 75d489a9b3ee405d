import { Counter, Gauge, Histogram } from 'prom-client'
import { KnownNames } from './known-names.ts'

/** Frames by type, in plain variables: this runs for every frame. */
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
  unknownFrames: new Counter({
    name: 'overlord_ingest_unknown_frames_total',
    help: 'Frames of types we do not know',
  }),
  malformedFrames: new Counter({
    name: 'overlord_ingest_malformed_frames_total',
    help: 'Frames that could not be read or have an invalid shape',
  }),
  unknownFields: new Counter({
    name: 'overlord_ingest_unknown_fields_total',
    help: 'Fields we do not know, by frame type and name',
    labelNames: ['type', 'field'],
  }),
  stored: new Counter({ name: 'overlord_ingest_stored_frames_total', help: 'Frames that are stored and committed' }),
  plugins: new Gauge({ name: 'overlord_ingest_plugins', help: 'Plugin sockets open now' }),
  spoolBytes: new Gauge({ name: 'overlord_ingest_spool_bytes', help: 'Bytes on disk waiting to be stored' }),
  spoolLimit: new Gauge({
    name: 'overlord_ingest_spool_limit_bytes',
    help: 'Bytes that may wait to be stored before plugins are held back',
  }),
  storing: new Gauge({
    name: 'overlord_ingest_storing',
    help: '1 while the database takes what is stored; 0 while it is away or a statement has not ended for 3 s',
  }),
  lastBackup: new Gauge({
    name: 'overlord_backup_last_success_timestamp_seconds',
    help: 'When the last backup was completed, in seconds since 1970; 0 if there was none',
  }),
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
  slowStatements: new Counter({
    name: 'overlord_ingest_slow_batches_total',
    help: 'Batches that took over a second, by their slowest statement',
    labelNames: ['statement'],
  }),
  batchRunning: new Gauge({
    name: 'overlord_ingest_batch_running_seconds',
    help: 'Time the batch in progress has taken, once it is over a second; else 0',
  }),
}

/** Frames of a type that came after newer ones and added nothing new. */
export function countLate(type: string, count = 1): void {
  if (count > 0) counters.dropped.inc({ reason: `late ${type}` }, count)
}

/** One frame alone may hold thousands of odd fields: of each the first are counted by name. */
const MAX_OF_FRAME = 20
const OTHER = 'other'

const types = new KnownNames((type) => counters.unknownTypes.remove({ type }))
const fields = new KnownNames((name) => counters.unknownFields.remove(labelsOf(name)))
/** The type of a frame holds no dot; we know it. */
const labelsOf = (name: string) => ({
  type: name.slice(0, name.indexOf('.')),
  field: name.slice(name.indexOf('.') + 1),
})

/** Counts a frame of an unknown type. Returns the name it is counted by: one of few, the sender's own or `other`. */
export function countUnknownType(type: string): string {
  const name = types.admits(type) ? type : OTHER
  counters.unknownTypes.inc({ type: name })
  counters.unknownFrames.inc()
  return name
}

/** Counts the fields of a frame that we do not know, each by name while few are known. */
export function countUnknownFields(type: string, names: readonly string[]): void {
  for (const [nth, field] of names.entries())
    counters.unknownFields.inc(
      nth < MAX_OF_FRAME && fields.admits(`${type}.${field}`) ? { type, field } : { type: OTHER, field: OTHER },
    )
}
