// What each login of a character adds up to, from the telemetry it sent in time.
import type { Frame } from '../plugin/frame.ts'

/** What was sent of one login. */
export interface TrueSession {
  kills: number
  deaths: number
  tapersUsed: number
  rares: number
}

type Counters = Pick<TrueSession, 'kills' | 'deaths'> & { tapers: number }

/** The logins of one character, in the order they were reported. */
export class TrueSessions {
  readonly byId = new Map<string, TrueSession>()
  private readonly seen = new Map<string, Counters>()
  private last: TrueSession | null = null

  /** A telemetry frame on time, with the counters of its login. */
  take(frame: Frame): void {
    const id = frame['session_id'] as string
    const now: Counters = {
      kills: Number(frame['kills']),
      deaths: Number(frame['deaths']),
      tapers: Number(frame['prismatic_taper_count']),
    }
    const before = this.seen.get(id) ?? { kills: 0, deaths: 0, tapers: now.tapers }
    const session = this.byId.get(id) ?? { kills: 0, deaths: 0, tapersUsed: 0, rares: 0 }
    // A plugin that restarts its counters starts at 0.
    session.kills += now.kills < before.kills ? now.kills : now.kills - before.kills
    session.deaths += now.deaths < before.deaths ? now.deaths : now.deaths - before.deaths
    session.tapersUsed += Math.max(0, before.tapers - now.tapers)
    this.byId.set(id, session)
    this.seen.set(id, now)
    this.last = session
  }

  /** A find of the character that plays now. */
  find(): void {
    if (this.last) this.last.rares++
  }

  /** All logins together. */
  life(): TrueSession {
    const life: TrueSession = { kills: 0, deaths: 0, tapersUsed: 0, rares: 0 }
    for (const session of this.byId.values())
      for (const figure of Object.keys(life) as (keyof TrueSession)[]) life[figure] += session[figure]
    return life
  }
}
