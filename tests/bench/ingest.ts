// How many frames a second are stored, beside a server that only reads and parses the same bytes.
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { startHouse, type TestHouse } from '../../shared/testing/start-house.ts'
import { startControl } from './control.ts'
import type { Figure } from './figure.ts'
import { readMetrics } from './metrics.ts'
import { prepareFrames, type Prepared } from './mix.ts'

const SOCKETS = 60
const FULL_BYTES = 1_000_000

/** Sends everything over as many sockets, as fast as they take it. */
async function blast(url: string, headers: Record<string, string>, { sockets }: Prepared): Promise<AsyncDisposable> {
  const open = await Promise.all(
    sockets.map(
      () =>
        new Promise<WebSocket>((resolve, reject) => {
          const socket = new WebSocket(url, { headers, perMessageDeflate: false })
          socket.once('open', () => resolve(socket)).once('error', reject)
        }),
    ),
  )
  const longest = Math.max(...sockets.map((texts) => texts.length))
  for (let nth = 0; nth < longest; nth += 25) {
    for (const [i, socket] of open.entries()) for (const text of sockets[i]!.slice(nth, nth + 25)) socket.send(text)
    while (open.some((socket) => socket.bufferedAmount > FULL_BYTES)) await wait(1)
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.terminate()
    },
  }
}

/** Sends everything and waits until it is stored. */
export async function store(
  house: TestHouse,
  prepared: Prepared,
): Promise<{ seconds: number; cpu: number; rssMb: number }> {
  const before = await readMetrics(house)
  const goal = before('overlord_ingest_stored_frames_total') + prepared.stored
  const begun = performance.now()
  await using _ = await blast(house.pluginUrl, { 'X-Plugin-Secret': house.secret }, prepared)
  for (;;) {
    const now = await readMetrics(house)
    if (now('overlord_ingest_stored_frames_total') >= goal) {
      const cpu = now('process_cpu_seconds_total') - before('process_cpu_seconds_total')
      return { seconds: (performance.now() - begun) / 1000, cpu, rssMb: now('process_resident_memory_bytes') / 2 ** 20 }
    }
    if (performance.now() - begun > 60_000) throw new Error('Not everything was stored within a minute')
    await wait(20)
  }
}

async function parse(prepared: Prepared): Promise<{ seconds: number; cpu: number }> {
  await using control = await startControl('control-ws.ts')
  const ask = () => control.ask<{ frames: number; cpuSeconds: number }>()
  const run = async (part: Prepared) => {
    const before = await ask()
    const begun = performance.now()
    await using _ = await blast(`ws://127.0.0.1:${control.port}/plugin`, {}, part)
    for (;;) {
      const now = await ask()
      if (now.frames >= before.frames + part.frames)
        return { seconds: (performance.now() - begun) / 1000, cpu: now.cpuSeconds - before.cpuSeconds }
      await wait(5)
    }
  }
  await run(warmUp(prepared))
  return await run(prepared) // the control lives as long as this block
}

const warmUp = (prepared: Prepared): Prepared => {
  const sockets = prepared.sockets.map((texts) => texts.slice(0, 100))
  return { ...prepared, sockets, frames: SOCKETS * 100, stored: SOCKETS * 100 }
}

export async function benchIngest(): Promise<Figure[]> {
  const prepared = prepareFrames({ sockets: SOCKETS, frames: 150_000 })
  const control = await parse(prepared)
  await using house = await startHouse()
  await store(house, warmUp(prepared))
  const ours = await store(house, prepared)
  const perSecond = prepared.frames / ours.seconds
  const controlPerSecond = prepared.frames / control.seconds
  const against = 'bare ws and JSON.parse, nothing stored'
  return [
    {
      bench: 'ingest',
      name: 'frames taken and stored, 60 sockets',
      unit: 'frames/s',
      better: 'more',
      ours: perSecond,
      control: controlPerSecond,
      against,
      beside: {
        frames: prepared.frames,
        'bytes a frame': prepared.bytes / prepared.frames,
        'rows stored/s': prepared.stored / ours.seconds,
        'memory MB': ours.rssMb,
      },
    },
    {
      bench: 'ingest',
      name: 'processor for 1,000 frames/s',
      unit: '% of a core',
      better: 'less',
      ours: (ours.cpu / prepared.frames) * 1000 * 100,
      control: (control.cpu / prepared.frames) * 1000 * 100,
      against,
    },
  ]
}
