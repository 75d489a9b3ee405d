import { setTimeout as wait } from 'node:timers/promises'
import { until } from '../../shared/testing/until.ts'
import { play } from './player.ts'
import { limitFiles, SECRET, setStage, type Stage } from './stage.ts'
import { evaluateRun, type RunResult } from './result.ts'

export interface TortureOptions {
  seconds: number
  players?: number
  /** Frames a second of all players together. */
  perSecond?: number
  seed?: number
  say?: (line: string) => void
}

export interface Report extends RunResult {
  seconds: number
  blows: Record<string, number>
  reconnects: number
}

/** What is done to it. Each leaves everything up again. */
const BLOWS: Record<string, (stage: Stage) => Promise<void>> = {
  async 'kill -9 ingest'({ ingest }) {
    await ingest.kill()
    await ingest.start()
  },
  async 'kill -9 Postgres'({ postgres }) {
    await until('Postgres', postgres.isUp, 60_000)
    postgres.kill()
    await until('Postgres', postgres.isUp, 60_000)
  },
  async 'kill -9 both'({ ingest, postgres }) {
    await until('Postgres', postgres.isUp, 60_000)
    postgres.kill()
    await ingest.kill()
    await ingest.start()
    await until('Postgres', postgres.isUp, 60_000)
  },
  async 'kill -9 NATS'({ nats }) {
    await nats!.kill()
    await wait(300)
    await nats!.start()
  },
  async 'Postgres stands still'({ postgres }) {
    await until('Postgres', postgres.isUp, 60_000)
    const pid = postgres.pid()
    process.kill(-pid, 'SIGSTOP')
    await wait(1_500)
    process.kill(-pid, 'SIGCONT')
  },
  async 'Postgres refuses connections'({ pool, postgres }) {
    await until('Postgres', postgres.isUp, 60_000)
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'overlord %'
        and application_name <> 'overlord torture'`,
    )
    await wait(100)
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'overlord writer'",
    )
  },
  async 'no room for Postgres'({ postgres, pool }) {
    limitFiles(postgres.pid(), 300_000)
    await pool
      .query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'overlord writer'")
      .catch(() => undefined)
    await wait(1_000)
    limitFiles(postgres.pid(), 'unlimited')
    await until('Postgres', postgres.isUp, 60_000)
    await pool
      .query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'overlord writer'")
      .catch(() => undefined)
  },
  async 'no room for the spool'({ ingest }) {
    limitFiles(ingest.pid, 1_000)
    await wait(1_200)
    limitFiles(ingest.pid, 'unlimited')
  },
  async 'a polite end'({ ingest }) {
    await ingest.stop()
    await ingest.start()
  },
}

/** Lets players play while one blow after the other falls; then counts. */
export async function torture({
  seconds,
  players = 12,
  perSecond = 1_500,
  seed = 1,
  say = () => undefined,
}: TortureOptions): Promise<Report> {
  await using stage = await setStage()
  const playing = Array.from({ length: players }, (_, i) =>
    play({ url: stage.url, secret: SECRET, name: `Sufferer ${i + 1}`, perSecond: perSecond / players }),
  )
  const random = lcg(seed)
  const blows: Record<string, number> = Object.fromEntries(Object.keys(BLOWS).map((name) => [name, 0]))
  const until_ = Date.now() + seconds * 1000
  // Every blow once, in a shuffled order, then at random.
  const order = Object.keys(BLOWS).sort(() => random() - 0.5)
  while (Date.now() < until_) {
    await wait(500 + random() * 1_500)
    const name = order.shift() ?? Object.keys(BLOWS)[Math.floor(random() * Object.keys(BLOWS).length)]!
    say(`${Math.round((until_ - Date.now()) / 1000)} s left: ${name}`)
    await BLOWS[name]!(stage)
    blows[name]!++
  }
  await until('Postgres', stage.postgres.isUp, 60_000)
  await Promise.all(playing.map((player) => player.stop()))
  await until(
    'everything to be stored',
    async () => (await stage.figure('overlord_ingest_spool_bytes')) === 0,
    60_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${stage.output().slice(-3_000)}`)
  })
  const result = await evaluateRun(stage.pool, playing)
  if (result.lost + result.doubled + result.disordered > 0) say(stage.output().slice(-5_000))
  const reconnects = playing.reduce((sum, player) => sum + player.reconnects(), 0)
  return { ...result, seconds, blows, reconnects }
}

function lcg(seed: number): () => number {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}
