// A pretend shard in front of a real server: seeded characters, a socket each, and the truth of what was sent.
import { setTimeout as delay } from 'node:timers/promises'
import { Courier } from './plugin/courier.ts'
import type { Fault } from './plugin/faults.ts'
import type { Frame } from './plugin/frame.ts'
import { afterPast } from './plugin/past.ts'
import { FINE_MS, openShard, type Shard, type Reported } from './plugin/shard.ts'
import { relog, reload } from './plugin/voice.ts'
import { readFleet } from './fleet.ts'
import { Truth } from './truth/truth.ts'
import { seeded, seedFor } from './world/chance.ts'
import type { Character } from './world/character.ts'
import { drawRareName, findRareOf } from './world/rare-odds.ts'
import { sayIn, type Channel } from './world/talk.ts'

export { playWorld } from './plugin/shard.ts'
export type { Fault } from './plugin/faults.ts'
export type { Frame } from './plugin/frame.ts'
export type { Channel } from './world/talk.ts'

/** What a simulator is to play, and for which server. */
export interface SimulatorOptions {
  /** The plugin socket: `ws://127.0.0.1:4000/ws/position`. */
  url: string
  secret: string
  /** How the secret is shown. */
  secretIn?: 'header' | 'query'
  seed?: number
  characters?: number
  /** `live`: a second is a second. `fast`: as fast as the server reads, for `minutes` of simulated time. */
  pace?: 'live' | 'fast'
  telemetryEveryMs?: number
  faults?: readonly Fault[]
  /** Folder with captured characters. */
  fleet?: string
  /** Live: so much history is sent first, with past timestamps. */
  warmUpMinutes?: number
  /** Live: the world is this old, in milliseconds since 1970, and what happened until now is not sent. */
  pastSince?: number
  /** What happened until now is stored already: sessions and counters go on instead of beginning again. */
  continues?: boolean
  /** What was reported of characters last, by name: figures go on from there. */
  reported?: ReadonlyMap<string, Reported>
  /** Fast: how much time to play. It ends about now. */
  minutes?: number
  /** At most so many frames a second. */
  mostPerSecond?: number
  /** Entries kept in each list of the truth. */
  keep?: number
  /** Whether the truth knows items; by itself only for fleets of up to 300. */
  keepItems?: boolean
}

/** A rare somebody was made to find. */
export interface FoundRare {
  character: string
  name: string
  timestamp: string
}

/** Figures of a running simulator. */
export interface Figures {
  framesSent: number
  bytesSent: number
  connected: number
  reconnects: number
  /** Simulated time, in milliseconds. */
  at: number
  /** History is still being sent. */
  warmingUp: boolean
}

/** A running simulator. */
export interface Simulator extends AsyncDisposable {
  truth: Truth
  /** Names, in order. */
  characters: readonly string[]
  faultsFired: Readonly<Record<Fault, number>>
  figures: () => Figures
  /** History, if any, has been sent. */
  warm: Promise<void>
  /** The play has ended: for `fast` by itself, for `live` when stopped. */
  done: Promise<void>
  /** Lets a character (the first, if none is named) find a rare now; resolves once it is sent. */
  findRare: (name?: string, character?: string) => Promise<FoundRare>
  /** Lets a character say something; resolves once it is sent. */
  say: (character: string, text: string, channel?: Channel) => Promise<void>
  /** Leaves the game and comes back with a new session; resolves once it is sent. */
  relog: (character: string) => Promise<void>
  /** Reloads the plugin within its login: it counts from 0. */
  reload: (character: string) => Promise<void>
  /** Waits until the server has read everything sent so far. */
  settled: () => Promise<void>
  /** Ends the play; what was sent has been read. Safe to call twice. */
  stop: () => Promise<void>
}

// Small enough that what is made at once fits in memory.
const STEP_MS = 100
const NAP_MS = 50
const DEFAULT_FAST_MINUTES = 10

/** Opens the sockets and starts to play; rejects with a way out when the server does not take the first. */
// eslint-disable-next-line max-lines-per-function -- its parts share the clock and the fleet
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { url, secret, seed = 7, pace = 'live', faults = [], telemetryEveryMs = 2000 } = options
  const fleet = options.fleet ? await readFleet(options.fleet, options.characters ?? 60) : undefined
  const characters = options.characters ?? fleet?.length ?? 60
  const launch = Date.now()
  const span = 60_000 * (pace === 'fast' ? (options.minutes ?? DEFAULT_FAST_MINUTES) : (options.warmUpMinutes ?? 0))
  const fineFrom = pace === 'fast' ? launch - span : launch - Math.min(span, FINE_MS)
  const shard =
    options.pastSince === undefined
      ? openShard({
          seed,
          characters,
          start: launch - span,
          fineFrom,
          telemetryEveryMs,
          ...(fleet && { fleet }),
        })
      : afterPast({
          seed,
          characters,
          start: options.pastSince,
          fineFrom: launch,
          continues: options.continues ?? false,
          ...(options.reported && { reported: options.reported }),
          telemetryEveryMs,
        })
  const truth = new Truth(options.keep ?? (characters > 300 ? 500 : 20_000), options.keepItems ?? characters <= 300)
  const courier = new Courier(shard, truth, {
    url,
    secret,
    seed,
    faults,
    secretIn: options.secretIn ?? 'header',
    ...(options.mostPerSecond && { mostPerSecond: options.mostPerSecond }),
  })
  try {
    await courier.open()
  } catch (error) {
    await courier.close()
    throw error
  }

  const play = new Play(shard, courier, pace === 'fast' ? launch : Infinity)
  const ended = play.run()
  // Who never asks for the end shall not be punished for its failure twice.
  ended.catch(() => undefined)
  const rng = seeded(seedFor(seed, 'director'))
  const characterOf = (name: string): Character => {
    const found = shard.realm.characters.find((character) => character.name === name)
    if (!found) throw new Error(`No character is called ${name}`)
    return found
  }
  const stop = async () => {
    play.stop()
    await ended
    await courier.close()
  }
  return {
    truth,
    characters: shard.realm.names,
    faultsFired: courier.faults.fired,
    figures: () => ({
      framesSent: courier.framesSent,
      bytesSent: courier.bytesSent,
      connected: courier.connected,
      reconnects: courier.reconnects,
      at: shard.realm.timeline.now,
      warmingUp: !play.isWarm,
    }),
    warm: play.warm,
    done: ended,
    findRare: async (name, character) => {
      const finder = character === undefined ? shard.realm.characters[0]! : characterOf(character)
      const sent = await play.direct(() => findRareOf(shard.realm, finder, name ?? drawRareName(rng)))
      const rare = sent.find((frame) => frame.type === 'rare')!
      return { character: finder.name, name: rare['name'] as string, timestamp: rare.timestamp! }
    },
    say: async (character, text, channel = 'allegiance') =>
      void (await play.direct(() => sayIn(shard.realm, characterOf(character), channel, text))),
    relog: async (character) => void (await play.direct(() => relog(shard.realm, shard.send, characterOf(character)))),
    reload: async (character) => void (await play.direct(() => reload(characterOf(character)))),
    settled: () => courier.settled(),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Lets simulated time pass: after the clock on the wall, or ahead of it to an end. */
class Play {
  isWarm = false
  readonly warm: Promise<void>
  private stopped = false
  private nowWarm: () => void = () => undefined
  /** One thing is delivered at a time: frames of a scene never overtake those of the play. */
  private turn: Promise<void> = Promise.resolve()
  private readonly shard: Shard
  private readonly courier: Courier
  private readonly end: number

  constructor(shard: Shard, courier: Courier, end: number) {
    this.shard = shard
    this.courier = courier
    this.end = end
    this.warm = new Promise((resolve) => (this.nowWarm = resolve))
  }

  stop(): void {
    this.stopped = true
    this.courier.patient = false
  }

  async run(): Promise<void> {
    const { timeline } = this.shard.realm
    await this.inTurn(() => this.courier.deliver(this.shard.takeOut()))
    while (!this.stopped && timeline.nextAt() <= this.end) {
      const wall = Math.min(Date.now(), this.end)
      const until = Math.min(wall, timeline.nextAt() + STEP_MS)
      if (timeline.nextAt() > wall) {
        await this.beWarm()
        await delay(Math.min(NAP_MS, Math.max(1, timeline.nextAt() - wall)))
        continue
      }
      await this.inTurn(() => this.courier.deliver(this.shard.playUntil(until)))
    }
    await this.beWarm()
    await this.courier.settled()
  }

  /** Plays a scene that is not in the script; its frames, once sent. */
  async direct(scene: () => void): Promise<Frame[]> {
    let frames: Frame[] = []
    await this.inTurn(async () => {
      const { timeline } = this.shard.realm
      // Between two events a scene happens on the wall's time, but never before what has already happened.
      timeline.now = Math.max(timeline.now, Math.min(Date.now(), timeline.nextAt()))
      const before = this.shard.takeOut()
      scene()
      const after = this.shard.takeOut()
      frames = after.map((sent) => sent.frame)
      await this.courier.deliver([...before, ...after])
      await this.courier.settled()
    })
    return frames
  }

  /** The clock on the wall is reached: history is over once the server has read it. */
  private async beWarm(): Promise<void> {
    if (this.isWarm) return
    await this.courier.settled()
    this.isWarm = true
    if (this.end === Infinity) this.courier.patient = false
    this.nowWarm()
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(act)
    this.turn = mine.catch(() => undefined)
    return mine
  }
}
