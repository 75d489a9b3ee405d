// A process of its own that plays plugins: reads what to do as JSON from its input, then says how much it sent, a line
// a second.
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { makeTracks } from './frames.ts'
import { openSocket } from './wire.ts'

export interface Load {
  url: string
  headers: Record<string, string>
  sockets: number
  /** Frames a second in all; 0 sends as fast as they are taken. */
  perSecond: number
  seconds: number
  packed: boolean
  only?: string
  /** What the characters are called, before their number. */
  called?: string
}

const load = JSON.parse(await text(process.stdin)) as Load
const tracks = makeTracks({
  sockets: load.sockets,
  rounds: load.sockets > 100 ? 4 : 20,
  packed: load.packed,
  only: load.only,
  called: load.called,
})
const sockets = await Promise.all(tracks.map(() => openSocket(load.url, { headers: load.headers })))
for (const socket of sockets) socket.on('error', () => undefined)
console.log(JSON.stringify({ ready: true }))

const FULL_BYTES = 256 * 1024
const turns = tracks.map(() => 0)
let sent = 0
function sendFrom(i: number): void {
  const { pieces, framesAPiece, renew } = tracks[i]!
  const piece = turns[i]!++ % pieces.length
  renew(piece)
  // What is not written yet must not be changed under its way.
  sockets[i]!.write(Buffer.from(pieces[piece]!))
  sent += framesAPiece
}

const begun = performance.now()
let said = begun
let next = 0
while (performance.now() - begun < load.seconds * 1000) {
  const elapsed = performance.now() - begun
  if (load.perSecond > 0) {
    const due = (elapsed / 1000) * load.perSecond
    for (let tries = 0; sent < due; next = (next + 1) % sockets.length) {
      if (sockets[next]!.writableLength < FULL_BYTES) {
        sendFrom(next)
        tries = 0
      } else if (++tries > sockets.length) break
    }
    await wait(1)
  } else {
    const before = sent
    for (let i = 0; i < sockets.length; i++) if (sockets[i]!.writableLength < FULL_BYTES) sendFrom(i)
    // The database shares this core: a sender with nothing to send yields it.
    if (sent === before) await wait(1)
    else await new Promise(setImmediate)
  }
  if (performance.now() - said > 1000) {
    said = performance.now()
    console.log(JSON.stringify({ sent, seconds: (said - begun) / 1000 }))
  }
}
while (sockets.some((socket) => socket.writableLength > 0)) await wait(5)
console.log(JSON.stringify({ sent, seconds: (performance.now() - begun) / 1000, done: true }))
await new Promise(() => setInterval(() => undefined, 1_000)) // until we are ended
process.stdin.destroy()
await wait(60_000)
