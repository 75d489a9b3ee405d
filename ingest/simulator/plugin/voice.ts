// One plugin's habits: what it sends by the clock, and what it makes of things that happen.
import { landblockOf } from '../../../shared/world/dereth/coordinates.ts'
import { between, pick, rounded } from '../world/chance.ts'
import { newSession, type Character } from '../world/character.ts'
import { newFight } from '../world/fight.ts'
import { tendItems } from '../world/loot.ts'
import { quests } from '../world/quests.ts'
import type { Happening, Realm } from '../world/realm.ts'
import { allegianceOf } from '../world/sheet.ts'
import { spellNames } from '../world/spell-names.ts'
import { stamp, type Frame } from './frame.ts'
import * as frames from './frames.ts'
import { itemRecord } from './item-record.ts'
import { dungeonMapFrame, nearbyObjectsFrame } from './radar.ts'

/** Where a plugin's frames go. */
export type Send = (character: Character, frame: Frame, after?: Character) => void

const MINUTE = 60_000
// In the coarse past a traveller is seen often enough to draw a road, a hunter or idler seldom.
const COARSE_TRAVEL_MS = 38_000
export const COARSE_REST_MS = 280_000
/** Whole histories: every half minute, since presence is counted in half minutes, has a position. */
export const FULL_PAST_MS = 24_000
// About this share of a day goes into travelling.
const TRAVELLING = 0.22
const MAX_HISTORY = 1350
const MAX_HISTORY_OF_ALL = 78_000

/** How much slower than the usual coarse pace a history must be sent to stay within bounds. */
export function historyPace(characters: number, spanMs: number): number {
  const reported = spanMs * (TRAVELLING / COARSE_TRAVEL_MS + (1 - TRAVELLING) / COARSE_REST_MS)
  return Math.max(0.2, reported / Math.min(MAX_HISTORY, MAX_HISTORY_OF_ALL / characters))
}

/** How often a plugin sends its place: in the live part, and how stretched before. */
export interface Pace {
  telemetryEveryMs: number
  history: number
  /** The first position of a history is sent within so long. */
  firstWithinMs: number
  /** The history is sent whole: positions often enough to count presence by them, and characters that go and come. */
  sleeps: boolean
}

/** What a character sees happening, as frames. */
export function retell(realm: Realm, send: Send, c: Character, happening: Happening): void {
  if (c.away) return
  const now = realm.timeline.now
  const head = { timestamp: stamp(now), character_name: c.name }
  const place = frames.whereabouts(c, now)
  const from = 'from' in happening ? happening.from : undefined
  const delta = (fields: object) =>
    send(c, { type: 'inventory_delta', ...head, ...frames.serverOf(c), ...fields }, from)
  if (happening.kind === 'login') return login(realm, send, c)
  if (happening.kind === 'rare') {
    send(c, { type: 'rare', ...head, name: happening.name, ...place })
    if (realm.quiet()) return
    send(c, { type: 'chat', ...head, text: `${c.name} has discovered the ${happening.name}!`, color: 5 })
    return delta({ action: 'add', item: itemRecord(happening.item) })
  }
  if (realm.quiet()) return
  if (happening.kind === 'chat') return send(c, { type: 'chat', ...head, text: happening.text, color: happening.color })
  if (happening.kind === 'spawn') {
    const { ew, ns } = happening.place
    return send(c, {
      type: 'spawn',
      ...head,
      mob: happening.monster,
      ew: rounded(ew, 4),
      ns: rounded(ns, 4),
      z: place.z,
    })
  }
  if (happening.kind === 'portal') return send(c, { type: 'portal', ...head, portal_name: happening.name, ...place })
  if (happening.kind === 'item gone') return delta({ action: 'remove', item_id: happening.id | 0 })
  return delta({ action: happening.kind === 'item added' ? 'add' : 'update', item: itemRecord(happening.item) })
}

/** A login: what the plugin sends once. */
export function login(realm: Realm, send: Send, c: Character): void {
  send(c, frames.fullInventoryFrame(c, realm.timeline.now))
  introduce(realm, send, c)
}

/** What a login sends beside the inventory. */
function introduce(realm: Realm, send: Send, c: Character): void {
  const now = realm.timeline.now
  send(c, frames.characterStatsFrame(c, now, allegianceOf(realm.names, c.index, c.sheet.rank)))
  send(c, frames.vitalsFrame(c, now))
  for (let nth = 0; nth < 3; nth++) send(c, questFrame(c, now, false))
}

/** Leaves the game and comes back: a new session, counters from nothing. */
export function relog(realm: Realm, send: Send, c: Character): void {
  c.session = newSession(c.rng, realm.timeline.now)
  login(realm, send, c)
}

/** The plugin is reloaded within a login: it counts from 0. */
export function reload(c: Character): void {
  Object.assign(c.session, { kills: 0, deaths: 0, rares: 0, fight: newFight() })
}

/** The timer of some quest. Now and then, if it may be, it was just done: then its timer runs again. */
function questFrame(c: Character, now: number, mayBeDone: boolean): Frame {
  const quest = pick(c.rng, quests)
  const known = c.quests.get(quest.name)
  // What was done before the world began.
  if (known === undefined) c.quests.set(quest.name, now + (c.rng() < 0.3 ? 0 : c.rng() * quest.restS * 1000))
  else if (mayBeDone && known <= now && c.rng() < 0.2) c.quests.set(quest.name, now + quest.restS * 1000)
  const left = Math.max(0, c.quests.get(quest.name)! - now) / 1000
  const countdown =
    left === 0
      ? 'READY'
      : `${Math.floor(left / 86_400)}d ${Math.floor((left / 3600) % 24)}h ${Math.floor((left / 60) % 60)}m`
  return { type: 'quest', timestamp: stamp(now), character_name: c.name, quest_name: quest.name, countdown }
}

/** Starts what a plugin sends by the clock. */
export function beginHabits(realm: Realm, send: Send, c: Character, pace: Pace): void {
  const { timeline } = realm
  const { rng } = c
  const telemetry = () => {
    if (!c.away) send(c, frames.telemetryFrame(c, timeline.now))
    timeline.after(telemetryPause(realm, c, pace), telemetry)
  }
  timeline.after(between(rng, 1, realm.coarse() ? pace.firstWithinMs : pace.telemetryEveryMs), telemetry)
  beginReports(realm, send, c, pace)
}

/** What is sent again and again, beside the place. */
function beginReports(realm: Realm, send: Send, c: Character, pace: Pace): void {
  const { timeline } = realm
  const { rng } = c
  /** @param slower so much longer are the pauses in a history that is sent whole; without it, it has none of these */
  const every = (low: number, high: number, act: () => void, slower?: number) => {
    const again = () => {
      const wait = between(rng, low, high)
      const past = slower === undefined || realm.quiet() ? Infinity : wait * slower
      // What only the film shows is not even thought of before.
      const pause = realm.coarse() ? Math.min(past, realm.fineFrom - timeline.now + wait) : wait
      timeline.after(pause, () => {
        if (!c.away) act()
        again()
      })
    }
    again()
  }
  let reported = ''
  const vitals = () => {
    rest(c)
    const fare = `${c.health} ${c.stamina} ${c.mana} ${c.vitae}`
    if (fare === reported) return
    reported = fare
    send(c, frames.vitalsFrame(c, timeline.now))
    if (c.sharesVitals && !realm.coarse() && rng() < 0.3) send(c, frames.shareVitalFrame(c, timeline.now))
  }
  every(800, 2000, vitals, 110)
  let blows = ''
  const fights = () => {
    const { fight, id } = c.session
    const tally = `${id} ${fight.total_damage_given} ${fight.total_damage_received} ${fight.total_kills}`
    if (tally === blows || tally === `${id} 0 0 0`) return
    blows = tally
    send(c, frames.combatStatsFrame(c, timeline.now))
  }
  every(28_000, 32_000, fights, 30)
  const sheet = () =>
    send(c, frames.characterStatsFrame(c, timeline.now, allegianceOf(realm.names, c.index, c.sheet.rank)))
  every(9.8 * MINUTE, 10.2 * MINUTE, sheet, 3)
  const items = () => {
    send(c, frames.cantripStateFrame(c, timeline.now, spellNames))
    tendItems(realm, c)
  }
  every(55_000, 70_000, items, 60)
  every(4 * MINUTE, 8 * MINUTE, () => send(c, questFrame(c, timeline.now, true)), 6)
  every(100 * MINUTE, 200 * MINUTE, () => relog(realm, send, c))
  if (pace.sleeps) beginSleep(realm, send, c)
  else beginSessions(realm, c)
  if (c.sharesVitals)
    every(4500, 6000, () => send(c, frames.sharePositionFrame(c, timeline.now, landCell(c, timeline.now))))
  every(950, 1050, () => c.radar && send(c, nearbyObjectsFrame(c, timeline.now)))
  every(90_000, 150_000, () => c.radar && send(c, dungeonMapFrame(c)))
}

/** A rest from the game every few hours starts a new session in the past, too. */
function beginSessions(realm: Realm, c: Character): void {
  const { timeline } = realm
  timeline.after(between(c.rng, 4, 9) * 60 * MINUTE, () => {
    if (realm.coarse()) c.session = newSession(c.rng, timeline.now)
    beginSessions(realm, c)
  })
}

/** The same in a history that is sent whole: the character is away for a while, and comes back by a login. */
function beginSleep(realm: Realm, send: Send, c: Character): void {
  const { timeline } = realm
  timeline.after(between(c.rng, 4, 9) * 60 * MINUTE, () => {
    if (!realm.coarse()) return
    send(c, frames.combatStatsFrame(c, timeline.now))
    c.away = true
    timeline.after(between(c.rng, 10, 60) * MINUTE, () => {
      if (!c.away) return
      c.away = false
      c.session = newSession(c.rng, timeline.now)
      introduce(realm, send, c)
      beginSleep(realm, send, c)
    })
  })
}

function telemetryPause(realm: Realm, c: Character, pace: Pace): number {
  const fine = pace.telemetryEveryMs * between(c.rng, 0.95, 1.05)
  if (!realm.coarse()) return fine
  const coarse = pace.sleeps ? FULL_PAST_MS : (c.way.length > 0 ? COARSE_TRAVEL_MS : COARSE_REST_MS) * pace.history
  return Math.min(coarse * between(c.rng, 0.8, 1.2), realm.fineFrom - realm.timeline.now + fine)
}

/** Out of a fight everything comes back by itself. */
function rest(c: Character): void {
  if (c.state === 'combat') return
  const { sheet } = c
  c.health = Math.min(sheet.maxHealth, c.health + Math.ceil(sheet.maxHealth * 0.02))
  c.stamina = Math.min(sheet.maxStamina, c.stamina + Math.ceil(sheet.maxStamina * 0.03))
  c.mana = Math.min(sheet.maxMana, c.mana + Math.ceil(sheet.maxMana * 0.02))
}

function landCell(c: Character, now: number): number {
  return Number.parseInt(landblockOf(frames.whereabouts(c, now)) ?? '0000', 16) * 0x10000 + 1 + (c.index % 64)
}
