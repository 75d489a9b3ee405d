// npm run simulate: a pretend shard in front of a running server. `--help` lists the options.
import { existsSync, readFileSync } from 'node:fs'
import type { Reported } from './plugin/shard.ts'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { faultKinds, type Fault } from './plugin/faults.ts'
import { startSimulator, type Simulator } from './simulator.ts'

const HELP = `A pretend shard: characters that walk, hunt, die, find rares and talk, each with a plugin socket of its
own.

  npm run simulate -- [options]

  --url URL              plugin socket            (ws://127.0.0.1:4000/ws/position)
  --secret TEXT          plugin secret            (SHARED_SECRET, or the file shared-secret in DATA_DIR)
  --query-secret         show the secret in the address instead of the header
  --characters N         1 to 2000                (60)
  --seed N               same seed, same world    (7)
  --fleet FOLDER         captured inventories, one JSON file a character
  --warm-up [MINUTES]    first send so much history, two days if no number follows; the server receives it now
  --past-since MOMENT    begin with a world that is this old, without sending its history
  --continues            that history is stored: sessions go on
  --reported JSON        figures that were reported last, by name: experience, vitae and deaths go on from there
  --telemetry-every MS   pause between two positions of a character (2000)
  --faults LIST          ${faultKinds.join(',')}: some of them, or all
  --rate N               at most N frames a second
  --fast MINUTES         play so many minutes as fast as the server reads, then stop
  --once                 one login of every character, then stop
  --help                 this text
`
const STATUS_MS = 10_000
const TWO_DAYS = 2880
let last = { frames: 0, at: performance.now() }

const { values, positionals } = readArguments()
if (values.help) console.log(HELP)
else await play().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      // A number may follow --warm-up or not, which parseArgs cannot say: without one, two days are meant.
      args: process.argv
        .slice(2)
        .flatMap((word, i, all) =>
          word === '--warm-up' && !/^\d/.test(all[i + 1] ?? '') ? [word, String(TWO_DAYS)] : [word],
        ),
      options: {
        url: { type: 'string', default: 'ws://127.0.0.1:4000/ws/position' },
        secret: { type: 'string' },
        'query-secret': { type: 'boolean', default: false },
        characters: { type: 'string', default: '60' },
        seed: { type: 'string', default: '7' },
        fleet: { type: 'string' },
        'warm-up': { type: 'string' },
        'past-since': { type: 'string' },
        continues: { type: 'boolean', default: false },
        reported: { type: 'string' },
        'telemetry-every': { type: 'string', default: '2000' },
        faults: { type: 'string' },
        rate: { type: 'string' },
        fast: { type: 'string' },
        once: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    fail(`${(error as Error).message}\n\n${HELP}`)
    return { values: { help: false } as never, positionals: [] }
  }
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}

function numberOf(
  option: 'characters' | 'seed' | 'telemetry-every' | 'warm-up' | 'rate' | 'fast',
  low: number,
  high: number,
): number {
  const number = Number(values[option])
  if (!Number.isFinite(number) || number < low || number > high)
    throw new Error(`--${option} ${values[option]}: give a number from ${low} to ${high}`)
  return number
}

function findSecret(): string {
  if (values.secret) return values.secret
  if (process.env['SHARED_SECRET']) return process.env['SHARED_SECRET']
  const file = join(process.env['DATA_DIR'] ?? 'data', 'shared-secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new Error(
    `No plugin secret: give --secret, set SHARED_SECRET, or start the server once so that it writes ${file}`,
  )
}

function readFaults(): Fault[] {
  if (!values.faults) return []
  if (values.faults === 'all') return [...faultKinds]
  return values.faults.split(',').map((name) => {
    if (!faultKinds.includes(name as Fault)) throw new Error(`--faults ${name}: there are ${faultKinds.join(', ')}`)
    return name as Fault
  })
}

function readMoment(text: string): number {
  const moment = Date.parse(text)
  if (!(moment <= Date.now()))
    throw new Error(`--past-since ${text}: give a moment in the past, such as 2026-01-31T12:00Z`)
  return moment
}

async function play(): Promise<void> {
  if (positionals.length > 0) throw new Error(`What is ${positionals.join(' ')}? See --help`)
  const fast = values.fast !== undefined || values.once
  await using simulator = await startSimulator({
    url: values.url,
    secret: findSecret(),
    secretIn: values['query-secret'] ? 'query' : 'header',
    characters: Math.round(numberOf('characters', 1, 2000)),
    seed: Math.round(numberOf('seed', 0, 2 ** 31)),
    telemetryEveryMs: numberOf('telemetry-every', 50, 600_000),
    faults: readFaults(),
    ...(values.fleet && { fleet: values.fleet }),
    ...(values.rate && { mostPerSecond: numberOf('rate', 1, 1e6) }),
    ...(values['warm-up'] && { warmUpMinutes: numberOf('warm-up', 0, 43_200) }),
    ...(values['past-since'] && { pastSince: readMoment(values['past-since']), continues: values.continues }),
    ...(values.reported && { reported: new Map(JSON.parse(values.reported) as [string, Reported][]) }),
    ...(fast && { pace: 'fast' as const, minutes: values.once ? 0.05 : numberOf('fast', 0.01, 100_000) }),
  })
  console.log(`${simulator.characters.length} characters play at ${values.url}; Ctrl-C ends the play`)
  const over = new AbortController()
  process.once('SIGINT', () => over.abort())
  process.once('SIGTERM', () => over.abort())
  process.once('disconnect', () => over.abort())
  if (process.connected === false) over.abort() // who started it ended while it was loading
  process.channel?.unref()
  const caughtUp = values['warm-up'] ? 'History sent' : 'Live now'
  void simulator.warm.then(() => console.log(`${caughtUp}: ${status(simulator)}`))
  const logging = setInterval(() => console.log(status(simulator)), STATUS_MS)
  await Promise.race([simulator.done, delay(2 ** 31 - 1, undefined, { signal: over.signal }).catch(() => undefined)])
  clearInterval(logging)
  over.abort()
  await simulator.stop()
  console.log(`Ended: ${status(simulator)}`)
}

function status(simulator: Simulator): string {
  const { framesSent, bytesSent, connected, reconnects, at, warmingUp } = simulator.figures()
  const now = performance.now()
  const rate = ((framesSent - last.frames) * 1000) / Math.max(1, now - last.at)
  last = { frames: framesSent, at: now }
  const faults = Object.entries(simulator.faultsFired).filter(([, count]) => count > 0)
  return [
    `${framesSent} frames (${(bytesSent / 1e6).toFixed(1)} MB), ${rate.toFixed(0)}/s`,
    `${connected} of ${simulator.characters.length} connected${reconnects ? `, ${reconnects} reconnects` : ''}`,
    `${simulator.truth.rares.length} rares`,
    ...(faults.length > 0 ? [`faults: ${faults.map(([name, count]) => `${name} ${count}`).join(', ')}`] : []),
    `${warmingUp ? 'history at' : 'now'} ${new Date(at).toISOString().slice(0, 19)}Z`,
  ].join('; ')
}
