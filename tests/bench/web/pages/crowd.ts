// The same pretend characters for both maps: places, names, the way they came, and each step.

export interface Walker {
  name: string
  ew: number
  ns: number
  /** Oldest first, one point in 20 seconds. */
  trail: { ew: number; ns: number }[]
}

/** What a page of the bench can do: both maps are driven in the same way. */
export interface MapPage {
  /** Shows so many characters, and moves them from then on. */
  show(characters: number): void
  /** How many frames the page had so far. */
  readonly frames: number
}

/** Makes a page one that can be driven, and counts its frames. */
export function offer(show: MapPage['show']): void {
  const page = { show, frames: 0 }
  const count = () => {
    page.frames++
    requestAnimationFrame(count)
  }
  requestAnimationFrame(count)
  Object.assign(globalThis, { mapPage: page satisfies MapPage })
}

export const TRAIL_POINTS = 90
export const TRAIL_STEP_MS = 20_000
/** Each character moves so often. */
export const STEP_MS = 500
/** Pixels a unit, and half the size of the ground they walk on: all of it is in a picture of 1280 x 800. */
export const PIXELS_PER_UNIT = 14
const HALF = { ew: 40, ns: 24 }
const STRIDE = 0.12
const SYLLABLES = ['ash', 'bor', 'cael', 'dri', 'eld', 'fen', 'gar', 'hul', 'ith', 'jor', 'kel', 'lum']

/** A crowd by a seed: every run has the same one. */
export function crowd(size: number) {
  let seed = 7
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  const within = (value: number, half: number) => Math.min(half, Math.max(-half, value))
  const stride = (from: { ew: number; ns: number }, length: number) => {
    const turn = random() * Math.PI * 2
    return {
      ew: within(from.ew + Math.cos(turn) * length, HALF.ew),
      ns: within(from.ns + Math.sin(turn) * length, HALF.ns),
    }
  }
  const syllable = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!
  const walkers = Array.from({ length: size }, (_, nth): Walker => {
    let place = { ew: (random() * 2 - 1) * HALF.ew, ns: (random() * 2 - 1) * HALF.ns }
    const trail = Array.from({ length: TRAIL_POINTS }, () => (place = stride(place, STRIDE * 4)))
    return { name: `${syllable()}${syllable()} ${nth}`, ...place, trail }
  })
  return {
    walkers,
    /** The next step of everybody. */
    step() {
      for (const walker of walkers) Object.assign(walker, stride(walker, STRIDE))
    },
    /** The trails are the maps' by now: what they were made from is not part of their heap. */
    forgetTrails() {
      for (const walker of walkers) walker.trail = []
    },
  }
}
