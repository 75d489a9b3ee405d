// A Minecraft server of others for tests: node server.js PACKAGES VERSION PORT [guests]
// Guests may use no commands.
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, version, port, players] = process.argv.slice(2)
const file = path.join(folder, 'node_modules', 'flying-squid', 'index.js')
const { createMCServer } = (await import(pathToFileURL(file).href)).default

const server = createMCServer({
  motd: 'test',
  port: Number(port),
  host: '127.0.0.1',
  'max-players': 10,
  'online-mode': false,
  logging: false,
  gameMode: 1,
  difficulty: 1,
  generation: { name: 'superflat', options: { worldHeight: 80, seed: 7, version } },
  kickTimeout: 10_000,
  plugins: {},
  modpe: false,
  'view-distance': 5,
  'player-list-text': { header: { text: '' }, footer: { text: '' } },
  'everybody-op': players !== 'guests',
  'max-entities': 100,
  version,
  errorHandler: () => undefined,
})
// It says nothing of anybody's health itself.
const HEALTH = { key: 9, type: 'float', value: 13.5 }
setInterval(() => {
  for (const player of server.players)
    for (const { id } of server.players.filter((other) => other !== player))
      player._client.write('entity_metadata', { entityId: id, metadata: [HEALTH] })
}, 1_000)
server.on('listening', () => process.stdout.write('listening\n'))
// It fails now and then to write a packet; the test sees what comes.
process.on('uncaughtException', () => undefined)
