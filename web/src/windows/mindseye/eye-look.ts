// The three looks of the page: how an assistant works shows in colours, type and motion.

export type EyeMode = 'idle' | 'god' | 'sudo' | 'active'

export interface EyeLook {
  mode: EyeMode
  accent: string
  /** Drawn over the land, from 0 to 1: how dark it is. */
  dim: number
  /** A precise grid with coordinates. */
  grid: boolean
  /** Particles rise from places that are looked at. */
  particles: boolean
  /** Light at the edges, in the accent. */
  glow: boolean
  font: string
}

const SANS = '600 11px Rajdhani, Inter, system-ui, sans-serif'
const MONO = '500 11px ui-monospace, Menlo, Consolas, monospace'

const LOOKS: Record<EyeMode, Omit<EyeLook, 'mode'>> = {
  idle: { accent: '#7d86a8', dim: 0.42, grid: false, particles: false, glow: false, font: SANS },
  god: { accent: '#d35400', dim: 0, grid: false, particles: true, glow: true, font: SANS },
  sudo: { accent: '#2fb3a8', dim: 0.18, grid: true, particles: false, glow: false, font: MONO },
  active: { accent: '#6f9ceb', dim: 0, grid: false, particles: false, glow: true, font: SANS },
}

/** The look of a mode as it is reported; modes that are not known are active ones. */
export function lookOf(mode: string, accent: string | null): EyeLook {
  const known: EyeMode = mode === 'idle' || mode === 'god' || mode === 'sudo' ? mode : 'active'
  const look = LOOKS[known]
  return { mode: known, ...look, accent: accent ?? look.accent }
}
