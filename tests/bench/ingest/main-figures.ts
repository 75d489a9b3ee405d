// Frames stored a second on one core, mixed types, beside what the same core does when it only reads them.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chmod } from 'node:fs/promises'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { startControl } from '../control.ts'
import type { Figure } from '../figure.ts'
import { play } from '../load/play.ts'
import { canPin, MEASURED_CORE, stage } from '../stage.ts'
import { storeRate, type Rate } from './rate.ts'
import { slowDisk } from './slow-disk.ts'

const SECONDS = 10
const AS_FAST_AS_TAKEN = 0
const packed = { sockets: 60, perSecond: AS_FAST_AS_TAKEN, seconds: SECONDS, packed: true }
const single = { sockets: 600, perSecond: AS_FAST_AS_TAKEN, seconds: SECONDS, packed: false }
const warmUp = { sockets: 60, perSecond: 4_000, seconds: 4, packed: true }

interface Ceilings {
  parsed: number
  checked: number
  bytes: number
}

function ceilings(): Ceilings {
  const command = [process.execPath, '--import', 'tsx', path.join(import.meta.dirname, 'ceiling.ts')]
  const [program, ...args] = canPin ? ['taskset', '-c', String(MEASURED_CORE), ...command] : command
  return JSON.parse(spawnSync(program!, args, { encoding: 'utf8' }).stdout) as Ceilings
}

/** ws + parse + check, and nothing else. */
async function bareRate(load: typeof packed): Promise<number> {
  await using control = await startControl('control-ws.ts', { checks: true }, canPin ? MEASURED_CORE : undefined)
  const ask = () => control.ask<{ frames: number }>()
  let begun = 0
  using played = await play({ ...load, url: `ws://127.0.0.1:${control.port}/plugin`, headers: {} }, () => {
    begun = performance.now()
  })
  while ((await ask()).frames < played.sent) await wait(5)
  return played.sent / ((performance.now() - begun) / 1000)
}

async function ourRate(load: typeof packed, env: Record<string, string> = {}): Promise<Rate> {
  console.error(`  ${load.sockets} sockets …`)
  await using ours = await stage(env)
  try {
    await storeRate(ours.overlord, warmUp)
    return await storeRate(ours.overlord, load)
  } catch (error) {
    console.error(ours.overlord.output().slice(-2_000))
    throw error
  }
}

const beside = (rate: Rate) => ({
  'taken/s': rate.taken,
  'µs of processor a frame': rate.cpuPerFrame * 1e6,
  'memory MB': rate.memoryMb,
  'loop delay p99 ms': rate.loopDelayMs,
})

export async function mainFigures(): Promise<Figure[]> {
  const ceiling = ceilings()
  const figure = (name: string, rate: Rate, control: number, against: string, more = {}): Figure => ({
    bench: 'ingest',
    name,
    unit: 'frames/s',
    better: 'more',
    ours: rate.stored,
    control,
    against,
    beside: { ...beside(rate), ...more },
  })
  const fast = await ourRate(packed)
  const bare = await bareRate(packed)
  const apart = await ourRate(single)
  const bareApart = await bareRate(single)
  const figures = [
    figure('stored, 60 sockets, packed', fast, ceiling.parsed, 'JSON.parse alone of the same frames', {
      'bytes a frame': ceiling.bytes,
      'parsed and checked/s': ceiling.checked,
    }),
    figure('stored, 60 sockets, packed', fast, bare, 'ws, JSON.parse and check, nothing stored'),
    figure('stored, 600 sockets, a frame a segment', apart, bareApart, 'ws, JSON.parse and check, nothing stored'),
  ]
  const folder = await tempFolder('slow-disk')
  await chmod(folder, 0o755)
  const library = slowDisk(folder)
  if (!library) return figures
  const late = await ourRate(packed, { LD_PRELOAD: library })
  return [...figures, figure('stored, each flush 5 ms slower', late, fast.stored, 'the same without')]
}
