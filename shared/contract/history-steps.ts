// History is kept by spans of five minutes of our clock, each in ten half minutes: a character is live for as long after a
// frame, so the half minutes with a frame in them are the time it was there.

/** Length of a span, in seconds. */
export const SPAN_S = 300
/** Length of one of its slots, in seconds. */
export const SLOT_S = 30

/** The span a moment lies in, counted from 1970. */
export const spanOf = (ms: number): number => Math.floor(ms / 1000 / SPAN_S)

/** Which of its span's slots a moment lies in, from 0. */
export const slotOf = (ms: number): number => Math.floor(ms / 1000 / SLOT_S) % (SPAN_S / SLOT_S)

/** One frame of each character in so many seconds is marked: ways over longer times are drawn from these. */
export const STEP_S = 20

/** The step a moment lies in, counted from 1970. */
export const stepOf = (ms: number): number => Math.floor(ms / 1000 / STEP_S)
