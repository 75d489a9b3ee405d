// Viewers of the public socket, in a process of their own: eye-viewers.ts URL COUNT
import { once } from 'node:events'
import { WebSocket } from 'ws'

const [url = '', count = '0'] = process.argv.slice(2)
const sockets = Array.from({ length: Number(count) }, () => new WebSocket(url))
await Promise.all(sockets.map((ws) => once(ws, 'open')))
for (const ws of sockets) ws.on('message', (data: Buffer) => void JSON.parse(data.toString()))
process.stdout.write('connected\n')
