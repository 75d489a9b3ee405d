// Steers the bot of a world: to the player of the newest trace, and where commands send it.
import { setTimeout as wait } from 'node:timers/promises'
import { TRACE_ACTIVITY_TOPIC, type TraceActivity } from '../../../shared/contract/traces.ts'
import {
  worldCommandTopic,
  worldReplyTopic,
  type WorldCommand,
  type WorldReply,
} from '../../../shared/contract/world-commands.ts'
import { heartbeatTopic, modeTopic, type WorldHeartbeat, type WorldMode } from '../../../shared/contract/world-view.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { runCommand, SCAN_TIMEOUT_MS } from './run-command.ts'
import type { WorldSource } from './world-source.ts'
import type { RunningWorld } from './world-writer.ts'

export const IDLE = 'idle'
/** How far around its player the bot scans when a trace comes, in blocks. */
const SCAN_RADIUS = 16

/** In milliseconds. */
export interface PilotTimes {
  /** How long a mode stays after the last trace. */
  activeMs: number
  heartbeatMs: number
  /** The least time between two scans. */
  scanMs?: number
}
const TIMES: PilotTimes = { activeMs: 10_000, heartbeatMs: 5_000 }
const SCAN_MS = 250

/** Follows traces and commands until disposed of. Publishes modes and heartbeats. */
export async function worldPilot(
  source: WorldSource,
  running: RunningWorld,
  { pubsub, log }: { pubsub: PubSub; log: Log },
  { activeMs, heartbeatMs, scanMs = SCAN_MS }: PilotTimes = TIMES,
): Promise<Disposable> {
  const world = source.name
  let rest: NodeJS.Timeout | undefined

  function setMode(mode: string, player: string | null): void {
    const before = running.state()
    if (before.mode === mode && before.player === player) return
    running.setMode({ mode, player })
    const changed: WorldMode = { world, mode, player, at: new Date().toISOString() }
    pubsub.publish(modeTopic(world), changed)
  }

  const scans = scansOf(source, running, log, scanMs)

  function onActivity({ player, mode, lookedAt, kind }: TraceActivity): void {
    clearTimeout(rest)
    rest = setTimeout(() => setMode(IDLE, running.state().player), activeMs).unref()
    const { mode: modeBefore, player: playerBefore } = running.state()
    const next = player ?? playerBefore
    setMode(mode ?? (modeBefore === IDLE ? 'active' : modeBefore), next)
    if (kind === 'SESSION_ENDED') return
    const isThere = next !== null && source.follow(next)
    // A trace of somebody who is not in this world may name a place in it.
    if (!isThere && lookedAt) source.goTo(lookedAt)
    scans.want()
  }

  async function onCommand(command: WorldCommand): Promise<void> {
    const reply = await runCommand(source, command).catch((error: unknown): WorldReply => {
      log.warn({ error, world }, 'a command to a world failed')
      return { ok: false, message: 'The command failed; the log says why.', sight: null }
    })
    pubsub.publish(worldReplyTopic(command.id), reply)
  }

  const beat = startHeartbeat(source, running, pubsub, heartbeatMs)
  const stops = [
    await pubsub.subscribe(TRACE_ACTIVITY_TOPIC, (event) => onActivity(event as TraceActivity)),
    await pubsub.subscribe(worldCommandTopic(world), (event) => void onCommand(event as WorldCommand)),
  ]
  return {
    [Symbol.dispose]() {
      beat[Symbol.dispose]()
      scans[Symbol.dispose]()
      clearTimeout(rest)
      for (const stop of stops) stop()
    },
  }
}

/** Scans around the bot: one at a time. What comes meanwhile is seen by one more, because the bot may have moved. */
function scansOf(source: WorldSource, running: RunningWorld, log: Log, pauseMs: number) {
  const ending = new AbortController()
  let scanning: Promise<unknown> | null = null
  let isWanted = false

  async function scanWhileWanted(): Promise<void> {
    while (isWanted && !ending.signal.aborted) {
      isWanted = false
      const center = source.place()
      if (!center) return
      await source.scan({ center, radius: SCAN_RADIUS }, SCAN_TIMEOUT_MS)
      // What is seen is kept for replay; where characters of the guild were is not.
      const place = source.place()
      if (place && source.kind !== 'DERETH') await running.keepFrame(place)
      await wait(pauseMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)
    }
  }
  return {
    want(): void {
      isWanted = true
      scanning ??= scanWhileWanted()
        .catch((error: unknown) => log.warn({ error, world: source.name }, 'a scan of a world failed'))
        .finally(() => (scanning = null))
    },
    [Symbol.dispose]: () => ending.abort(),
  }
}

function startHeartbeat(source: WorldSource, running: RunningWorld, pubsub: PubSub, everyMs: number): Disposable {
  const world = source.name
  const timer = setInterval(() => {
    const at = new Date().toISOString()
    const beat: WorldHeartbeat = { ...running.state(), world, at, players: source.players() }
    pubsub.publish(heartbeatTopic(world), beat)
  }, everyMs).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
