import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const PLUGINS = 40
const FRAMES = 1_500

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord({ env: { INGEST_FRAMES_PER_SECOND: '1000000' } })))
afterAll(() => overlord[Symbol.asyncDispose]())

interface Answer {
  characters: { nodes: { name: string; telemetry: { kills: number }; history: { telemetry: { frames: number[] } } }[] }
}
const QUERY = `query Flooded($from: DateTime!, $to: DateTime!) { characters(first: 100) {
  nodes { name telemetry { kills }
  history(since: $from, until: $to, points: 2) { telemetry { frames } } } } }`

it('[SOC10] takes all that plugins sent without end, though they left earlier, and answers meanwhile', async () => {
  const from = new Date(Date.now() - 3_600_000).toISOString()
  const to = new Date(Date.now() + 3_600_000).toISOString()
  const plugins = await Promise.all(
    Array.from({ length: PLUGINS }, async () => {
      const socket = new WebSocket(overlord.pluginUrl, { headers: { 'X-Plugin-Secret': overlord.secret } })
      await once(socket, 'open')
      return socket
    }),
  )
  plugins.forEach((socket, n) => {
    for (let kills = 1; kills <= FRAMES; kills++)
      socket.send(
        JSON.stringify({ type: 'telemetry', character_name: `Flood ${n}`, session_id: 'one', ew: n, ns: kills, kills }),
      )
    socket.close()
  })
  await Promise.all(plugins.map((socket) => once(socket, 'close')))
  expect((await overlord.graph('{ me { name } }')).errors).toBeUndefined()

  const stored = await until('the last frame of each', async () => {
    const { nodes } = (await overlord.graph<Answer>(QUERY, { from, to })).data.characters
    return nodes.length === PLUGINS && nodes.every(({ telemetry }) => telemetry.kills === FRAMES) ? nodes : null
  })
  const frames = stored.map(({ history }) => history.telemetry.frames.reduce((sum, count) => sum + count, 0))
  expect(frames).toEqual(Array<number>(PLUGINS).fill(FRAMES))
})
