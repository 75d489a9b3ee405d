// History is stored in five-minute buckets of our clock (tables `…_spans`), each with ten half-minute slots. A
// character is live for half a minute after a frame, so the slots with a frame are the time it was there.

/** Length of a bucket, in seconds. */
export const BUCKET_S = 300
/** Buckets of an hour. */
export const BUCKETS_AN_HOUR = 3_600 / BUCKET_S
/** Length of one of its slots, in seconds. */
export const SLOT_S = 30

/** The bucket of a time, counted from 1970. */
export const bucketOf = (ms: number): number => Math.floor(ms / 1000 / BUCKET_S)

/** The slot of a time within its bucket, from 0. */
export const slotOf = (ms: number): number => Math.floor(ms / 1000 / SLOT_S) % (BUCKET_S / SLOT_S)

/** One frame of each character per step is marked: long tracks are drawn from these. */
export const TRACK_STEP_S = 20

/** The track step of a time, counted from 1970. */
export const trackStepOf = (ms: number): number => Math.floor(ms / 1000 / TRACK_STEP_S)
