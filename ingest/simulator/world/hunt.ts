// One fight: a monster comes, blows fall every two seconds until one side dies. In the coarse past only the result
// counts.
import { placeAt } from './walk.ts'
import { between, pick, whole } from './chance.ts'
import type { Character } from './character.ts'
import { blowGiven, blowReceived, tally, tallyKill, tallySurges, type Blow } from './fight.ts'
import { blowLine, killLine, surgeLine } from './combat-lines.ts'
import { monsters, type Monster } from './monsters.ts'
import { burnTapers, findLoot } from './loot.ts'
import { rollRare } from './rare-odds.ts'
import type { Realm } from './realm.ts'

const ROUND_MS = 2000
const MAX_VITAE = 40
const KILLS_PER_DEATH = 1500
/** Of a hunt in the past: how often its last kill is printed, and how often it brings in something. */
const PAST_KILL_LINES = 0.25
const PAST_LOOT = 0.25

/** How a fight may end. */
export interface Ends {
  won: () => void
  lost: () => void
}

/** A fight at this spot. */
export function huntOnce(realm: Realm, c: Character, ends: Ends): void {
  c.state = 'combat'
  if (realm.coarse()) return coarseHunt(realm, c, ends)
  const { rng } = c
  const monster = monsters.get(pick(rng, c.ground.monsters)) ?? [...monsters.values()][0]!
  const place = placeAt(c.leg, realm.timeline.now)
  realm.emit(c, {
    kind: 'spawn',
    monster: monster.name,
    place: { ew: place.ew + between(rng, -0.04, 0.04), ns: place.ns + between(rng, -0.04, 0.04) },
  })
  if (c.health < c.sheet.maxHealth * 0.5) c.health = Math.round(c.sheet.maxHealth * between(rng, 0.8, 1))
  c.mana = Math.max(20, Math.round(c.mana + between(rng, 10, 60)))
  const deadly = rng() < 1 / KILLS_PER_DEATH
  round(realm, c, monster, monster.health, deadly, ends)
}

function round(realm: Realm, c: Character, monster: Monster, left: number, deadly: boolean, ends: Ends): void {
  realm.timeline.after(ROUND_MS * between(c.rng, 0.9, 1.2), () => {
    const { rng } = c
    const { fight } = c.session
    const given = blowGiven(rng, monster, c.sheet.magic)
    const received = blowReceived(rng, monster)
    if (deadly)
      Object.assign(received, { failed: false, damage: Math.round(c.sheet.maxHealth * between(rng, 0.3, 0.6)) })
    strike(realm, c, monster, given)
    strike(realm, c, monster, received)
    const woke = tallySurges(rng, fight)
    if (woke.aetheria || woke.cloak)
      realm.emit(c, { kind: 'chat', ...surgeLine(rng, c.name, monster.name, woke.cloak) })
    if (!received.failed) c.health -= received.damage
    c.stamina = Math.min(c.sheet.maxStamina, Math.max(10, c.stamina + whole(rng, -12, 8)))
    c.mana = Math.min(c.sheet.maxMana, Math.max(5, c.mana + (c.sheet.magic ? whole(rng, -22, 14) : whole(rng, -3, 4))))
    if (!deadly && c.health < c.sheet.maxHealth * 0.35) c.health = Math.round(c.sheet.maxHealth * between(rng, 0.7, 1))
    if (c.health <= 0) return die(realm, c, monster, ends)
    const rest = given.failed ? left : left - given.damage
    if (rest > 0 || deadly) return round(realm, c, monster, Math.max(rest, 1), deadly, ends)
    kill(realm, c, monster)
    realm.timeline.after(between(rng, 400, 1800), ends.won)
  })
}

function strike(realm: Realm, c: Character, monster: Monster, blow: Blow): void {
  tally(c.session.fight, monster.name, blow)
  // The game prints every blow; players squelch most of it.
  if (c.rng() < 0.12) realm.emit(c, { kind: 'chat', ...blowLine(c.rng, monster.name, blow) })
}

function kill(realm: Realm, c: Character, monster: Monster): void {
  const { rng } = c
  c.session.kills++
  tallyKill(c.session.fight, monster.name)
  realm.emit(c, { kind: 'chat', ...killLine(rng, monster.name, monster.fears) })
  c.health = Math.min(c.sheet.maxHealth, c.health + whole(rng, 5, 40))
  // Experience from kills works the death penalty off.
  if (c.vitae > 0 && rng() < 0.2) c.vitae--
  c.sheet.totalXp += monster.level * 900
  burnTapers(c, c.sheet.magic ? 4 : 1)
  findLoot(realm, c)
  rollRare(realm, c, 1)
}

function die(realm: Realm, c: Character, monster: Monster, ends: Ends): void {
  realm.emit(c, { kind: 'chat', text: `${monster.name} has defeated you!`, color: 6 })
  fall(c)
  ends.lost()
}

function fall(c: Character): void {
  c.vitae = Math.min(MAX_VITAE, c.vitae + 5)
  c.session.deaths++
  c.totalDeaths++
  c.sheet.deaths++
  c.health = Math.round(c.sheet.maxHealth * 0.6)
}

function coarseHunt(realm: Realm, c: Character, ends: Ends): void {
  const ms = between(c.rng, 60_000, 150_000)
  const kills = Math.round(ms / between(c.rng, 6500, 14000))
  realm.timeline.after(ms, () => {
    if (c.away) return ends.won()
    c.session.kills += kills
    c.sheet.totalXp += kills * 60_000
    rollRare(realm, c, kills)
    const died = realm.quiet() ? c.rng() < 1 / 700 : huntUnseen(realm, c, kills)
    if (died) fall(c)
    else if (c.vitae > 0) c.vitae--
    if (died) ends.lost()
    else ends.won()
  })
}

/** Some blows of a hunt, drawn at once; whether it ends in a death. */
function huntUnseen(realm: Realm, c: Character, kills: number): boolean {
  const { rng } = c
  const { fight } = c.session
  const monster = monsters.get(pick(rng, c.ground.monsters)) ?? [...monsters.values()][0]!
  realm.emit(c, { kind: 'spawn', monster: monster.name, place: placeAt(c.leg, realm.timeline.now) })
  for (let nth = 0; nth < kills; nth++) {
    tally(fight, monster.name, blowGiven(rng, monster, c.sheet.magic))
    tally(fight, monster.name, blowGiven(rng, monster, c.sheet.magic))
    tally(fight, monster.name, blowReceived(rng, monster))
    tallySurges(rng, fight)
    tallyKill(fight, monster.name)
  }
  if (rng() < PAST_KILL_LINES) realm.emit(c, { kind: 'chat', ...killLine(rng, monster.name, monster.fears) })
  c.health = Math.round(c.sheet.maxHealth * between(rng, 0.5, 1))
  burnTapers(c, kills * (c.sheet.magic ? 4 : 1))
  findLoot(realm, c, PAST_LOOT)
  if (rng() >= kills / KILLS_PER_DEATH) return false
  realm.emit(c, { kind: 'chat', text: `${monster.name} has defeated you!`, color: 6 })
  return true
}
