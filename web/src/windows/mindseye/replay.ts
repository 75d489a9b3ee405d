// A stored session moment by moment: which steps there were by then, and how the world looked.
import type { Change } from './world-cells.ts'

export interface ReplayStep {
  id: string
  kind: string
  step: number
  tool: string | null
  startedAt: string
  finishedAt: string | null
}
export interface ReplayFrame extends Omit<Change, 'base' | 'gone'> {
  id: string
  world: string
  at: string
}

const msOf = (at: string): number => new Date(at).getTime()

/** From the first step to the last frame or step, in milliseconds since 1970; null without any step. */
export function spanOf(steps: readonly ReplayStep[], frames: readonly ReplayFrame[]): [number, number] | null {
  const times = [
    ...steps.flatMap(({ startedAt, finishedAt }) => [msOf(startedAt), msOf(finishedAt ?? startedAt)]),
    ...(steps.length ? frames.map(({ at }) => msOf(at)) : []),
  ]
  return times.length ? [Math.min(...times), Math.max(...times)] : null
}

/** The last call that had begun at a moment; null before the first. */
export const stepAt = <S extends ReplayStep>(steps: readonly S[], now: number): S | null =>
  steps.filter(({ kind, startedAt }) => kind === 'CALL' && msOf(startedAt) <= now).at(-1) ?? null

/** When the call before (-1) or after (1) a moment began; null without one. */
export function callBeside(calls: readonly ReplayStep[], now: number, by: -1 | 1): number | null {
  const times = calls.map(({ startedAt }) => msOf(startedAt))
  return (by > 0 ? times.find((at) => at > now) : times.findLast((at) => at < now)) ?? null
}

/** How the world looked at a moment: the last frame until then, else the first there is. */
export const frameAt = <F extends ReplayFrame>(frames: readonly F[], now: number): F | null =>
  frames.filter(({ at }) => msOf(at) <= now).at(-1) ?? frames[0] ?? null

/**
 * The frames of the world that a session was in: every world stores frames while an assistant works. That is the one
 * where its player is, else the one that is asked for, else the first.
 */
export function framesOfOneWorld<F extends ReplayFrame>(
  frames: readonly F[],
  player: string | null,
  world: string | null,
): F[] {
  const name = player?.toLowerCase()
  const hasPlayer = ({ entities }: F) =>
    entities.some((one) => one.kind === 'PLAYER' && one.name.toLowerCase() === name)
  const found = frames.find(hasPlayer) ?? frames.find((frame) => frame.world === world) ?? frames[0]
  return frames.filter((frame) => frame.world === found?.world)
}

/** The frame that shows what a step saw: the first after its result, else the last before it. */
export const frameOf = <F extends ReplayFrame>(frames: readonly F[], step: ReplayStep): F | null =>
  frames.find(({ at }) => msOf(at) >= msOf(step.finishedAt ?? step.startedAt)) ?? frames.at(-1) ?? null

/** A session as lines of JSON: the session, then each step with the frame that shows what it saw. */
export function sessionLines(session: object, steps: readonly ReplayStep[], frames: readonly ReplayFrame[]): string {
  const lines = [
    { type: 'session', ...session },
    ...steps.map((step) => ({ type: 'step', ...step, frame: step.kind === 'CALL' ? frameOf(frames, step) : null })),
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
