// World and plugins together: a shard that yields frames, moment by moment, without a socket.
import type { Character } from '../world/character.ts'
import { beginDays } from '../world/day.ts'
import { newRealm, type Realm, type RealmOptions } from '../world/realm.ts'
import { beginTalk } from '../world/talk.ts'
import type { Frame } from './frame.ts'
import { registerFrame } from './frames.ts'
import { beginHabits, COARSE_REST_MS, FULL_PAST_MS, historyPace, login, relog, retell, type Send } from './voice.ts'

/** A frame with the moment and the character that sends it. */
export interface Sent {
  at: number
  character: Character
  frame: Frame
  /** Only right once the server has read what that one sent. */
  after?: Character
}

/** What makes a shard. */
export interface ShardOptions extends RealmOptions {
  telemetryEveryMs: number
  /** Of a full past: sessions go on where it ends, because it was sent; otherwise everybody begins a new one. */
  continues?: boolean
  /** What was reported of characters last, by name, where their world was played further than this one. */
  reported?: ReadonlyMap<string, Reported>
}

/** Figures of a character that must not jump when its world is played again. */
export interface Reported {
  totalXp: number | null
  luminanceEarned: number | null
  deaths: number | null
  vitae: number | null
}

/** A shard with all characters logged in. */
export interface Shard {
  realm: Realm
  /** Lets everything happen up to and including a moment, and hands over the frames of it. */
  playUntil: (moment: number) => Sent[]
  /** Hands over frames that were made outside of the shard's own time: by a command, by a test. */
  takeOut: () => Sent[]
  send: Send
}

const LOGIN_EVERY_MS = 2

/** Opens the shard: every character registers and sends its inventory. */
export function openShard(options: ShardOptions): Shard {
  let out: Sent[] = []
  const realm: Realm = newRealm(options, (character, happening) => retell(realm, send, character, happening))
  const send: Send = (character, frame, after) =>
    void out.push({ at: realm.timeline.now, character, frame, ...(after && { after }) })
  const takeOut = () => {
    const taken = out
    out = []
    return taken
  }
  const { timeline } = realm
  const pace = {
    telemetryEveryMs: options.telemetryEveryMs,
    history: historyPace(options.characters, options.fineFrom - options.start),
    firstWithinMs: options.fullPast ? FULL_PAST_MS : COARSE_REST_MS,
    sleeps: options.fullPast ?? false,
  }
  // Not all at the same moment: the inventories of a large fleet are gigabytes.
  for (const [nth, character] of realm.characters.entries())
    timeline.after(nth * LOGIN_EVERY_MS, () => {
      send(character, registerFrame(character))
      // With a history to send, the first login is where the live part begins; until then only the history is sent.
      if (realm.coarse())
        timeline.after(realm.fineFrom - timeline.now + nth * LOGIN_EVERY_MS, () => {
          const goesOn = options.continues && !character.away
          character.away = false
          goOnFrom(character, options.reported?.get(character.name))
          if (goesOn) login(realm, send, character)
          else relog(realm, send, character)
        })
      if (!realm.quiet()) login(realm, send, character)
      beginDays(realm, character)
      beginHabits(realm, send, character, pace)
    })
  beginTalk(realm)
  return {
    realm,
    send,
    takeOut,
    playUntil(moment) {
      while (timeline.nextAt() <= moment) timeline.step()
      return takeOut()
    },
  }
}

/** Nothing earned is lost, and nobody seems to have died meanwhile. */
function goOnFrom(character: Character, reported: Reported | undefined): void {
  if (!reported) return
  const { sheet } = character
  sheet.totalXp = Math.max(sheet.totalXp, reported.totalXp ?? 0)
  sheet.luminanceEarned = Math.max(sheet.luminanceEarned, reported.luminanceEarned ?? 0)
  sheet.deaths = Math.max(sheet.deaths, reported.deaths ?? 0)
  character.vitae = reported.vitae ?? 0
}

/** What a pure play needs. */
export interface PlayOptions {
  seed: number
  characters: number
  minutes: number
  start?: number
  telemetryEveryMs?: number
  warmUpMinutes?: number
}

/** Some fixed moment: a play that names none is the same every time. */
export const SOME_MOMENT = Date.UTC(2026, 5, 20, 18)
/** The last stretch of a warm-up is played at normal pace. */
export const FINE_MS = 600_000

/** Plays a world without sockets: its frames in order. The same arguments give the same frames. */
export function* playWorld(options: PlayOptions): Generator<Sent> {
  const start = options.start ?? SOME_MOMENT
  const warmUp = (options.warmUpMinutes ?? 0) * 60_000
  const fineFrom = warmUp > FINE_MS ? start - FINE_MS : start - warmUp
  const shard = openShard({
    ...options,
    start: start - warmUp,
    fineFrom,
    telemetryEveryMs: options.telemetryEveryMs ?? 2000,
  })
  const end = start + options.minutes * 60_000
  while (shard.realm.timeline.nextAt() <= end) yield* shard.playUntil(shard.realm.timeline.nextAt())
}
