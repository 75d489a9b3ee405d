// Delivers frames from the shard to the sockets, in order, as fast as they are taken, and records what was really sent.
import { setTimeout as delay } from 'node:timers/promises'
import { seeded, seedFor } from '../world/chance.ts'
import type { Character } from '../world/character.ts'
import type { Truth } from '../truth/truth.ts'
import { Faults, type Fault } from './faults.ts'
import { registerFrame } from './frames.ts'
import { Link } from './link.ts'
import type { Sent, Shard } from './shard.ts'
import { relog } from './voice.ts'

/** What a courier needs. */
export interface CourierOptions {
  url: string
  secret: string
  secretIn: 'header' | 'query'
  seed: number
  faults: readonly Fault[]
  /** At most so many frames a second; without a number as fast as they are taken. */
  mostPerSecond?: number
}

const OPENING_AT_ONCE = 40
const PATIENCE_MS = 4
const MAX_HEARD = 50

/** The sockets of a shard. */
export class Courier {
  readonly faults: Faults
  /** A live world does not stand still for a broken socket: its frames are left to the link. A story does. */
  patient = true
  private readonly links: Link[]
  private readonly shard: Shard
  private readonly truth: Truth
  private readonly options: CourierOptions
  private stopped = false
  private allowance = 0
  private allowedAt = performance.now()

  constructor(shard: Shard, truth: Truth, options: CourierOptions) {
    this.shard = shard
    this.truth = truth
    this.options = options
    this.faults = new Faults(options.faults, seeded(seedFor(options.seed, 'faults')))
    this.links = shard.realm.characters.map((character) => this.linkOf(character))
  }

  get framesSent(): number {
    return this.links.reduce((sum, link) => sum + link.framesSent, 0)
  }

  get bytesSent(): number {
    return this.links.reduce((sum, link) => sum + link.bytesSent, 0)
  }

  get connected(): number {
    return this.links.filter((link) => link.isOpen()).length
  }

  get reconnects(): number {
    return this.links.reduce((sum, link) => sum + link.reconnects, 0)
  }

  /** Opens every socket, some at a time. */
  async open(): Promise<void> {
    const waiting = [...this.links]
    // The first alone: when the address or the secret is wrong, one refusal says it.
    await waiting.shift()?.open()
    await Promise.all(
      Array.from({ length: OPENING_AT_ONCE }, async () => {
        for (let link = waiting.shift(); link; link = waiting.shift()) await link.open()
      }),
    )
  }

  /** Sends frames in order; waits while their socket is full. */
  async deliver(all: readonly Sent[]): Promise<void> {
    for (const { character, frame, after } of all) {
      if (this.stopped) return
      // The link greets by itself on every socket.
      if (frame.type === 'register') continue
      const link = this.links[character.index]!
      if (after) await this.drained(this.links[after.index]!).then(() => this.links[after.index]!.settled())
      if (this.options.mostPerSecond) await this.allowed(this.options.mostPerSecond)
      for (const delivery of this.faults.around(character.name, frame)) {
        if ('cut' in delivery) link.cut()
        else
          link.send(
            delivery.text,
            () => delivery.frame && this.truth.record(character.name, delivery.frame, { late: delivery.late === true }),
          )
      }
      if (link.isFull()) await this.drained(link)
    }
  }

  /** Waits until the server has read everything. */
  async settled(): Promise<void> {
    await Promise.all(this.links.map((link) => this.drained(link)))
    await Promise.all(this.links.map((link) => link.settled()))
  }

  async close(): Promise<void> {
    this.stopped = true
    await Promise.all(this.links.map((link) => link.close()))
  }

  private linkOf(character: Character): Link {
    const { url, secret, secretIn, seed } = this.options
    const { realm, send } = this.shard
    const rng = seeded(seedFor(seed, 'link', character.index))
    const heard = () => this.truth.of(character.name).heard
    return new Link({
      url,
      secret,
      secretIn,
      rng,
      hello: () => {
        const frame = registerFrame(character)
        this.truth.record(character.name, frame)
        return JSON.stringify(frame)
      },
      // A plugin that lost frames sends everything again; otherwise a broken socket is now and then a new login.
      onReopened: (missed) => (missed || rng() < 0.4) && !realm.coarse() && relog(realm, send, character),
      onMessage: (text) => {
        const command = readCommand(text)
        if (command === null) heard().push(text)
        else this.truth.of(character.name).commands.push(command)
        if (heard().length > MAX_HEARD) heard().shift()
        if (command?.startsWith('/radar ')) character.radar = command.endsWith('start')
      },
    })
  }

  private async drained(link: Link): Promise<void> {
    while (link.isFull() && !this.stopped && (link.isOpen() || this.patient)) await delay(PATIENCE_MS)
  }

  private async allowed(perSecond: number): Promise<void> {
    while (this.allowance < 1) {
      const now = performance.now()
      this.allowance = Math.min(perSecond / 10, this.allowance + ((now - this.allowedAt) * perSecond) / 1000)
      this.allowedAt = now
      if (this.allowance < 1) await delay(Math.max(1, 1000 / perSecond))
    }
    this.allowance--
  }
}

function readCommand(text: string): string | null {
  try {
    const message = JSON.parse(text) as { player_name?: unknown; command?: unknown }
    return typeof message.command === 'string' && typeof message.player_name === 'string' ? message.command : null
  } catch {
    // Not for us: whatever a server sends besides commands is heard and left alone.
    return null
  }
}
