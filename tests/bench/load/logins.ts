// A process of its own that logs characters in: reads how many as JSON from its input, prints when each was sent.
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import WebSocket from 'ws'
import { itemRecord } from '../../../ingest/simulator/plugin/item-record.ts'
import { seeded } from '../../../ingest/simulator/world/chance.ts'
import { outfit } from '../../../ingest/simulator/world/inventory.ts'

export interface Logins {
  /** Where plugins connect; characters take turns. */
  urls: string[]
  secret: string
  characters: number
  /** Items of each. */
  items: number
  /** Within how long all of them log in, in seconds. */
  withinSeconds: number
}

const TELEMETRY_MS = 2_000
const PLACE = '"@"'

const { urls, secret, characters, items, withinSeconds } = JSON.parse(await text(process.stdin)) as Logins

/** Records of items as text, with the id to be filled in. */
const records: string[] = []
for (let part = 0; records.length < items * 4; part++) {
  const rng = seeded(part)
  for (const item of outfit(rng, 0x50000000, 0, 275, 1_750_000_000_000).items.values())
    records.push(JSON.stringify({ ...itemRecord(item), Id: '@' }))
}

let serial = 0
function inventoryOf(name: string, nth: number): string {
  const own = Array.from({ length: items }, (_, i) => records[(nth * 37 + i) % records.length]!)
  const list = own.map((record) => record.replace(PLACE, String(-++serial))).join(',')
  return `{"type":"full_inventory","character_name":"${name}","item_count":${items},"items":[${list}]}`
}

const sockets: WebSocket[] = []
async function logIn(nth: number): Promise<void> {
  const name = `Login ${nth}`
  const socket = new WebSocket(urls[nth % urls.length]!, { headers: { 'X-Plugin-Secret': secret } })
  socket.on('error', () => undefined) // it shows as a character that is missing
  await new Promise<void>((resolve) => socket.once('open', () => resolve()).once('close', () => resolve()))
  sockets.push(socket)
  socket.send(JSON.stringify({ type: 'register', player_name: name }))
  socket.send(inventoryOf(name, nth))
  let kills = 0
  const play = () => {
    const place = { ew: (nth % 200) - 100, ns: ((nth * 7) % 200) - 100, z: 0 }
    const timestamp = new Date().toISOString()
    const state = { kills: ++kills, deaths: 0, onlinetime: '00:00:10', session_id: `s${nth}` }
    socket.send(JSON.stringify({ type: 'telemetry', character_name: name, timestamp, ...place, ...state }))
    socket.send(JSON.stringify({ type: 'vitals', character_name: name, timestamp, health_percentage: 90, vitae: 0 }))
  }
  play()
  setInterval(play, TELEMETRY_MS)
  console.log(Date.now())
}

const begun = performance.now()
process.on('disconnect', () => process.exit())
for (let nth = 0; nth < characters; nth++) {
  const due = (nth * withinSeconds * 1_000) / characters
  const late = begun + due - performance.now()
  if (late > 0) await wait(late)
  void logIn(nth)
}
