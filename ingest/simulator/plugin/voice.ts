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
const COARSE_REST_MS = 280_000
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
}

/** What a character sees happening, as frames. */
export function retell(realm: Realm, send: Send, c: Character, happening: Happening): void {
  const now = realm.timeline.now
  const head = { timestamp: stamp(now), character_name: c.name }
  const place = frames.whereabouts(c, now)
  const from = 'from' in happening ? happening.from : undefined
  const delta = (fields: object) =>
    send(c, { type: 'inventory_delta', ...head, ...frames.serverOf(c), ...fields }, from)
  if (happening.kind === 'login') return login(realm, send, c)
  if (happening.kind === 'rare') {
    send(c, { type: 'rare', ...head, name: happening.name, ...place })
    if (realm.coarse()) return
    send(c, { type: 'chat', ...head, text: `${c.name} has discovered the ${happening.name}!`, color: 5 })
    return delta({ action: 'add', item: itemRecord(happening.item) })
  }
  // Before the live part only the history is sent.
  if (realm.coarse()) return
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
  const now = realm.timeline.now
  send(c, frames.fullInventoryFrame(c, now))
  send(c, frames.characterStatsFrame(c, now, allegianceOf(realm.names, c.index, c.sheet.rank)))
  send(c, frames.vitalsFrame(c, now))
  for (let nth = 0; nth < 3; nth++) send(c, questFrame(c, now))
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

function questFrame(c: Character, now: number): Frame {
  const quest = pick(c.rng, quests)
  const left = c.rng() * quest.restS
  const days = Math.floor(left / 86_400)
  const countdown =
    c.rng() < 0.3 ? 'READY' : `${days}d ${Math.floor((left / 3600) % 24)}h ${Math.floor((left / 60) % 60)}m`
  return { type: 'quest', timestamp: stamp(now), character_name: c.name, quest_name: quest.name, countdown }
}

/** Starts what a plugin sends by the clock. */
export function beginHabits(realm: Realm, send: Send, c: Character, pace: Pace): void {
  const { timeline } = realm
  const { rng } = c
  // What only the film shows is not even thought of before.
  const quiet = Math.max(0, realm.fineFrom - timeline.now)
  const every = (low: number, high: number, act: () => void) => {
    const again = (wait: number) => timeline.after(wait + between(rng, low, high), () => (act(), again(0)))
    again(quiet)
  }
  const telemetry = () => {
    send(c, frames.telemetryFrame(c, timeline.now))
    timeline.after(telemetryPause(realm, c, pace), telemetry)
  }
  timeline.after(between(rng, 1, realm.coarse() ? COARSE_REST_MS : pace.telemetryEveryMs), telemetry)

  let reported = ''
  every(800, 2000, () => {
    rest(c)
    const fare = `${c.health} ${c.stamina} ${c.mana} ${c.vitae}`
    if (fare === reported) return
    reported = fare
    send(c, frames.vitalsFrame(c, timeline.now))
    if (c.sharesVitals && rng() < 0.3) send(c, frames.shareVitalFrame(c, timeline.now))
  })
  let blows = ''
  every(28_000, 32_000, () => {
    const { fight, id } = c.session
    const tally = `${id} ${fight.total_damage_given} ${fight.total_damage_received} ${fight.total_kills}`
    if (tally === blows || tally === `${id} 0 0 0`) return
    blows = tally
    send(c, frames.combatStatsFrame(c, timeline.now))
  })
  every(9.8 * MINUTE, 10.2 * MINUTE, () =>
    send(c, frames.characterStatsFrame(c, timeline.now, allegianceOf(realm.names, c.index, c.sheet.rank))),
  )
  every(55_000, 70_000, () => {
    send(c, frames.cantripStateFrame(c, timeline.now, spellNames))
    tendItems(realm, c)
  })
  every(4 * MINUTE, 8 * MINUTE, () => send(c, questFrame(c, timeline.now)))
  every(100 * MINUTE, 200 * MINUTE, () => relog(realm, send, c))
  // A rest from the game every few hours starts a new session in the past, too.
  const sleep = () =>
    timeline.after(between(rng, 4, 9) * 60 * MINUTE, () => {
      if (realm.coarse()) c.session = newSession(rng, timeline.now)
      sleep()
    })
  sleep()
  if (c.sharesVitals)
    every(4500, 6000, () => send(c, frames.sharePositionFrame(c, timeline.now, landCell(c, timeline.now))))
  every(950, 1050, () => c.radar && send(c, nearbyObjectsFrame(c, timeline.now)))
  every(90_000, 150_000, () => c.radar && send(c, dungeonMapFrame(c)))
}

function telemetryPause(realm: Realm, c: Character, pace: Pace): number {
  const fine = pace.telemetryEveryMs * between(c.rng, 0.95, 1.05)
  if (!realm.coarse()) return fine
  const pause = (c.way.length > 0 ? COARSE_TRAVEL_MS : COARSE_REST_MS) * pace.history * between(c.rng, 0.8, 1.2)
  return Math.min(pause, realm.fineFrom - realm.timeline.now + fine)
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
