// A process of its own: plugins that share, and count what they get. Reads how many as JSON from its input, prints a
// line a second.
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { clientFrame, openSocket } from './wire.ts'

export interface Sharing {
  url: string
  secret: string
  characters: number
  /** Shares a second in all. */
  perSecond: number
}

const { url, secret, characters, perSecond } = JSON.parse(await text(process.stdin)) as Sharing
let bytes = 0
const heard = (data: Buffer) => void (bytes += data.length)
const headers = { 'X-Plugin-Secret': secret }
const share = (nth: number) =>
  clientFrame(
    JSON.stringify({
      type: 'share_vital_update',
      character_name: `Sharer ${nth}`,
      current_health: 341,
      max_health: 372,
      current_stamina: 400,
      max_stamina: 455,
      current_mana: 210,
      max_mana: 390,
      timestamp: '2026-06-20T18:03:12Z',
    }),
  )
const shares = Array.from({ length: characters }, (_, nth) => share(nth))
const sockets: Socket[] = []
for (let nth = 0; nth < characters; nth++) {
  const socket = await openSocket(url, { headers, heard })
  socket.write(clientFrame(JSON.stringify({ type: 'register', player_name: `Sharer ${nth}` })))
  sockets.push(socket)
}
let next = 0
const EVERY_MS = 20
setInterval(() => {
  for (let n = 0; n < (perSecond * EVERY_MS) / 1_000; n++) {
    const nth = next++ % characters
    sockets[nth]!.write(shares[nth]!)
  }
}, EVERY_MS)
const length = shares[0]!.length - 4 // as a server frames it: without a mask
setInterval(() => {
  console.log(JSON.stringify({ copies: Math.round(bytes / length) }))
  bytes = 0
}, 1_000)
