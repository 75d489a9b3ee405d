// A stored session as files: lines of JSON, alone or with a picture of the world for each of its frames.
import { blockColor } from '../../../../shared/world/minecraft/block-colors.ts'
import { lookOf } from './eye-look.ts'
import { nightAt, paintEye } from './eye-paint.ts'
import { loadSession, type LoadedSession, type SessionFrame } from './load-session.ts'
import { frameOf, sessionLines } from './replay.ts'
import { tarOf } from './tar.ts'
import { WorldCells } from './world-cells.ts'

/** From the middle of a frame to its edge, in blocks, and how large a block is drawn, in pixels. */
const RADIUS = 16
const SCALE = 10
const SIZE = (2 * RADIUS + 1) * SCALE

const pictureName = ({ id }: { id: string }) => `frames/${id}.png`
const linesOf = ({ session, steps, frames }: LoadedSession) => sessionLines(session, steps, frames)

/** A session as lines of JSON; or why there is none, as a fault. `world` as in loadSession. */
export async function exportLines(session: string, world: string | null): Promise<{ file: Blob } | { fault: string }> {
  const found = await loadSession(session, world)
  return typeof found === 'string'
    ? { fault: found }
    : { file: new Blob([linesOf(found)], { type: 'application/jsonl' }) }
}

/**
 * A session as an archive: `trace.jsonl`, and `frames/<id of the frame>.png` for each frame that a line has. Nothing is
 * drawn into a picture that the assistant did: it shows the world alone.
 */
export async function exportPictures(
  session: string,
  world: string | null,
): Promise<{ file: Blob } | { fault: string }> {
  const found = await loadSession(session, world)
  if (typeof found === 'string') return { fault: found }
  const shown = new Set(found.steps.flatMap((step) => (step.kind === 'CALL' ? [frameOf(found.frames, step)] : [])))
  const files = [{ name: 'trace.jsonl', bytes: new TextEncoder().encode(linesOf(found)) }]
  for (const frame of shown) if (frame) files.push({ name: pictureName(frame), bytes: await pngOf(frame) })
  return { file: tarOf(files, new Date(found.session.startedAt).getTime()) }
}

/** A frame as a PNG. Throws where the browser has no canvas. */
async function pngOf(frame: SessionFrame): Promise<Uint8Array<ArrayBuffer>> {
  const world = new WorldCells()
  world.take({ ...frame, base: null, gone: [] })
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const ink = canvas.getContext('2d')
  if (!ink) throw new Error('This browser draws no pictures.')
  const { x, z } = middleOf(frame)
  paintEye(ink, { x: x + 0.5, z: z + 0.5, scale: SCALE, width: SIZE, height: SIZE }, world, {
    looks: [],
    night: nightAt(frame.timeOfDay),
    focus: frame.focus,
    look: { ...lookOf('active', null), glow: false },
    rings: false,
    colorOf: blockColor,
    now: null,
  })
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  if (!picture) throw new Error('A picture could not be made.')
  return new Uint8Array(await picture.arrayBuffer())
}

/** The middle of the columns of a frame, which its bot may have left; the origin without any. */
function middleOf({ runs }: SessionFrame): { x: number; z: number } {
  const [west, north] = [runs[0] ?? 0, runs[1] ?? 0]
  let [left, right, top, bottom] = [west, west, north, north]
  for (let at = 0; at < runs.length; at += 5) {
    left = Math.min(left, runs[at]!)
    right = Math.max(right, runs[at]! + runs[at + 2]! - 1)
    top = Math.min(top, runs[at + 1]!)
    bottom = Math.max(bottom, runs[at + 1]!)
  }
  return { x: Math.round((left + right) / 2), z: Math.round((top + bottom) / 2) }
}
