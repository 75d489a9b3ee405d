// The status of each ingest process, published every two seconds.

export const INGEST_STATUS_TOPIC = 'ingest.status'
export const INGEST_STATUS_EVERY_MS = 2_000
/** A process reports at most so many names of each kind, the most frequent. */
export const MAX_REPORTED_NAMES = 50

export interface IngestStatusEvent {
  node: string
  at: string
  /** Plugin sockets open now. */
  plugins: number
  framesPerSecond: number
  /** Bytes of frames on disk that wait to be stored. */
  waitingBytes: number
  /** The database takes what it is given. */
  storing: boolean
  unknownTypes: { name: string; count: number }[]
  unknownFields: { type: string; name: string; count: number }[]
  dropped: { reason: string; count: number }[]
}
