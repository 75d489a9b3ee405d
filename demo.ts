// npm run demo: Overlord on a data folder of its own, with a pretend shard in front of it that has a day of history.
// Prints one link that signs you in.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { openDemoPast, type DemoPast } from './ingest/past/demo-past.ts'
import { settings as ingestSettings } from './ingest/settings.ts'
import { settings } from './settings.ts'
import { common } from './shared/settings/common.ts'
import { endSignals } from './shared/end-signals.ts'
import { checkDisk, checkFolder, checkPort, refuseFaults } from './shared/serve/start-checks.ts'
import { readConfig } from './shared/settings/setting.ts'

const here = import.meta.dirname
const env = {
  LOG_LEVEL: 'warn',
  ...process.env,
  DATA_DIR: process.env['DATA_DIR'] ?? 'data/demo',
  DEMO: '1',
  WORLD: process.env['WORLD'] ?? 'demo,dereth',
}
const characters = process.env['DEMO_CHARACTERS'] ?? '60'
const SEED = 7
/** How long the link waits for the shard before it is shown all the same. */
const PATIENCE_MS = 25_000

function start(file: string, args: string[], hear: (text: string) => void): ChildProcess {
  // In a process group of its own: Ctrl-C reaches this process alone, which stops the others in order. Through the
  // channel they see it when this process is killed.
  const child = spawn(process.execPath, [path.join(here, file), ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.stdout!.setEncoding('utf8').on('data', hear)
  return child
}

const children: ChildProcess[] = []
const ending = new AbortController()
function end(code: number): void {
  if (ending.signal.aborted) return
  ending.abort()
  process.exitCode = code
  // By the channel, which each of them watches: Windows has no signal that they could handle.
  for (const child of children.reverse()) if (child.connected) child.disconnect()
}
for (const signal of endSignals()) process.on(signal, () => end(0))

let banner = ''
let shown = false
const show = () => {
  if (shown || !banner) return
  shown = true
  console.log(banner)
  console.log(`  ${characters} pretend characters are playing. Ctrl-C ends it; the data stays in ${env.DATA_DIR}.\n`)
}

/** Starts Overlord, and the shard once plugins can connect. */
function startOverlord(past: DemoPast): void {
  const overlord = start('overlord.js', [], (text) => {
    banner += text
    const url = /Plugins connect to (\S+)/.exec(banner)?.[1]
    if (!url || !/with the secret.*\n/.test(banner) || children.length !== 1 || ending.signal.aborted) return
    void past.leave() // Overlord uses the database now, and stops it
    play(url, past)
  })
  children.push(overlord)
  overlord.once('exit', (code) => {
    void past.leave()
    end(ending.signal.aborted ? 0 : (code ?? 1))
  })
}

function play(url: string, { startedAt, isNew, reported }: DemoPast): void {
  const world =
    startedAt === null
      ? []
      : ['--past-since', startedAt, ...(isNew ? ['--continues'] : ['--reported', JSON.stringify(reported)])]
  const args = ['--url', url, '--characters', characters, '--seed', String(SEED), ...world]
  const simulator = start('ingest/simulator/main.js', args, (text) => {
    if (text.includes('Live now')) show()
  })
  children.push(simulator)
  simulator.once('exit', (code) => end(ending.signal.aborted ? 0 : (code ?? 1)))
  setTimeout(show, PATIENCE_MS).unref()
}

console.log('Starting Overlord with a pretend shard; the first time this takes half a minute …')
try {
  const { DATABASE_URL, DATA_DIR, POSTGRES_DIR, GAME_SERVER, HOST, PORT } = readConfig(
    { ...common, PORT: settings.PORT, GAME_SERVER: ingestSettings.GAME_SERVER },
    env,
  )
  await refuseFaults([checkFolder(DATA_DIR), checkPort(HOST, PORT)])
  await refuseFaults([checkDisk(DATA_DIR, existsSync(path.join(DATA_DIR, 'postgres')))])
  const past = await openDemoPast({
    databaseUrl: DATABASE_URL,
    dataDir: DATA_DIR,
    postgresDir: POSTGRES_DIR,
    gameServer: GAME_SERVER,
    characters: Number(characters),
    seed: SEED,
    signal: ending.signal,
  })
  if (ending.signal.aborted) await past.leave()
  else startOverlord(past)
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(`\n  The demo did not start. ${error instanceof Error ? error.message : String(error)}\n`)
    end(1)
  }
}
