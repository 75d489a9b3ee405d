// History is kept by spans of five minutes of our clock, each in ten half minutes: a character is live for as long after a
// frame, so the half minutes with a frame in them are the time it was there.

/** Length of a span, in seconds. */
export const BUCKET_S = 300
/** Length of one of its slots, in seconds. */
export const SLOT_S = 30

/** The span a moment lies in, counted from 1970. */
export const bucketOf = (ms: number): number => Math.floor(ms / 1000 / BUCKET_S)

/** Which of its span's slots a moment lies in, from 0. */
export const slotOf = (ms: number): number => Math.floor(ms / 1000 / SLOT_S) % (BUCKET_S / SLOT_S)

/** One frame of each character in so many seconds is marked: ways over longer times are drawn from these. */
export const TRACK_STEP_S = 20

/** The step a moment lies in, counted from 1970. */
export const trackStepOf = (ms: number): number => Math.floor(ms / 1000 / TRACK_STEP_S)
