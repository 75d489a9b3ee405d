// The glow around a character that the assistant looks at. Here and not in the map: most visitors never see it.
import type { DotMark } from '../map/layers/dots-layer.ts'

/** Long enough to be seen after the map has arrived. */
export const GLOW_MS = 3_600
const PULSE_MS = 900
const RADIUS = 18
const WIDTH = 7
const BLUR = 22

/** How strong a glow is, 0 to 1. It pulses and fades, or is steady until its end where less motion is asked for. */
export function glowStrength(ageMs: number, isSteady: boolean): number {
  if (ageMs < 0 || ageMs >= GLOW_MS) return 0
  if (isSteady) return 0.7
  return (1 - ageMs / GLOW_MS) * (0.7 + 0.3 * Math.cos((2 * Math.PI * ageMs) / PULSE_MS))
}

/** A glow in the accent colour of the page around one character. @param from now, by this page's clock */
export function glow(i: number, from: number): DotMark {
  const isSteady = matchMedia('(prefers-reduced-motion: reduce)').matches
  const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent')
  return {
    until: from + GLOW_MS,
    draw(ctx, { now, dpr }, dot) {
      const strength = dot.i === i ? glowStrength(now - from, isSteady) : 0
      if (!strength) return
      ctx.save()
      ctx.globalAlpha = strength
      ctx.strokeStyle = ctx.shadowColor = accent
      ctx.shadowBlur = BLUR * dpr
      ctx.lineWidth = WIDTH
      ctx.beginPath()
      ctx.arc(dot.x, dot.y, RADIUS, 0, Math.PI * 2)
      ctx.stroke()
      ctx.restore()
    },
  }
}
