import type { Camera } from './view.ts'

export const FLIGHT_MS = 700

const ease = (share: number) => 1 - (1 - share) ** 3

/** Where the camera is on its way; zoom goes by its logarithm, so that it feels even. */
export function alongFlight(from: Camera, to: Camera, share: number): Camera {
  if (share >= 1) return { ...to }
  const eased = ease(Math.max(0, share))
  return {
    cx: from.cx + (to.cx - from.cx) * eased,
    cy: from.cy + (to.cy - from.cy) * eased,
    k: Math.exp(Math.log(from.k) + (Math.log(to.k) - Math.log(from.k)) * eased),
  }
}
