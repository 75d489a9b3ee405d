// A separate process with plugins that send large inventories, one after the other, until it is ended.
import { text } from 'node:stream/consumers'
import WebSocket from 'ws'

export interface Large {
  url: string
  secret: string
  sockets: number
  /** About so many bytes a frame. */
  bytes: number
}

const { url, secret, sockets, bytes } = JSON.parse(await text(process.stdin)) as Large

/** An appraised item as plugins send it. */
const item = (id: number) => ({
  Id: id,
  Name: `Celdon Girth ${id}`,
  ObjectClass: 2,
  HasIdData: true,
  ContainerId: 1,
  Workmanship: 7,
  Value: 21_345,
  Burden: 640,
  BoolValues: { 22: true },
  DoubleValues: { 167772169: 7.5 },
  IntValues: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [n + 5, (id * 7 + n) % 5_000])),
  StringValues: { 1: `Celdon Girth ${id}`, 16: 'It has been worn by many before.' },
  Spells: [2_052, 2_101, 2_603],
})

for (let nth = 0; nth < sockets; nth++) {
  const items: string[] = []
  for (let size = 0; size < bytes; size += items.at(-1)!.length)
    items.push(JSON.stringify(item(-nth * 100_000 - items.length - 1)))
  const frame = `{"type":"full_inventory","character_name":"Hoarder ${nth}","items":[${items.join(',')}]}`
  const socket = new WebSocket(url, { headers: { 'X-Plugin-Secret': secret }, perMessageDeflate: false })
  socket.on('error', () => undefined) // it shows as frames that are missing
  socket.once('open', () => {
    const send = () => socket.send(frame, () => setTimeout(send, 1))
    send()
  })
}
console.log('ready')
