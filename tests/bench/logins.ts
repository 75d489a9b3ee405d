// A mass first login: how long until everybody is live, and until all items are stored.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import type { Figure } from './figure.ts'
import type { Logins } from './load/logins.ts'
import { readMetrics } from './metrics.ts'

const CHARACTERS = 2_000
const ITEMS = 150
const WITHIN_SECONDS = 10
const MAX_WAIT_MS = 300_000
const LOOK_MS = 250
const LIVE_SECONDS = 3
const STORED_SECONDS = 60

/** Plays the logins in a process of their own. */
function play(logins: Logins) {
  const script = path.join(import.meta.dirname, 'load', 'logins.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const sentAt: number[] = []
  createInterface({ input: child.stdout }).on('line', (line) => sentAt.push(Number(line)))
  child.stdin.end(JSON.stringify(logins))
  return { sentAt, stop: () => child.kill('SIGKILL') }
}

const counts = async (overlord: TestOverlord) => {
  const { data } = await overlord.graph<{ characters: { totalCount: number } }>(
    '{ characters(where: { live: true }) { totalCount } }',
  )
  return data.characters.totalCount
}

/** All of a guild's characters log in at once, to a database that knows none of them. */
export async function benchLogins(): Promise<Figure[]> {
  await using overlord = await startOverlord()
  const load = { characters: CHARACTERS, items: ITEMS, withinSeconds: WITHIN_SECONDS }
  const { sentAt, stop } = play({ urls: [overlord.pluginUrl], secret: overlord.secret, ...load })
  try {
    const liveAfter: number[] = []
    let mostMb = 0
    const begun = Date.now()
    let storedSeconds = Infinity
    while (Date.now() - begun < MAX_WAIT_MS) {
      const live = await counts(overlord)
      const now = Date.now()
      while (liveAfter.length < Math.min(live, sentAt.length)) liveAfter.push(now - sentAt[liveAfter.length]!)
      const figure = await readMetrics(overlord)
      mostMb = Math.max(mostMb, figure('process_resident_memory_bytes') / 2 ** 20)
      const isStored = figure('overlord_ingest_spool_bytes') < 1_000_000
      if (sentAt.length === CHARACTERS && liveAfter.length === CHARACTERS && isStored) {
        storedSeconds = (now - sentAt[0]!) / 1_000
        break
      }
      await wait(LOOK_MS)
    }
    const base = { bench: 'logins', better: 'less' as const, control: null, against: null }
    const { data } = await overlord.graph<{ items: { totalCount: number } }>('{ items(first: 1) { totalCount } }')
    const who = `${CHARACTERS} characters with ${ITEMS} items`
    return [
      {
        ...base,
        name: `${who} log in: longest until live`,
        unit: 's',
        ours: Math.max(...liveAfter) / 1_000,
        asked: LIVE_SECONDS,
        beside: { live: liveAfter.length, 'memory MB': mostMb },
      },
      {
        ...base,
        name: `${who} log in: until all items are stored`,
        unit: 's',
        ours: storedSeconds,
        asked: STORED_SECONDS,
        beside: { items: data.items.totalCount },
      },
    ]
  } finally {
    stop()
  }
}
