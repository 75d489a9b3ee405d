// A character's day: hunt, travel by road or portal, rest in town, die and come back. One thing at a time, for ever.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { towns, type Town } from '../../../shared/world/dereth/towns.ts'
import { between, pick, pickWeighted, whole, type Rng } from './chance.ts'
import { groundFor, type Character } from './character.ts'
import { gatheringPlaces } from './gathering-places.ts'
import { isLand, landSquare } from './land.ts'
import { huntOnce } from './hunt.ts'
import { buyTapers } from './loot.ts'
import type { Realm } from './realm.ts'
import { distance, wayBetween } from './roads.ts'
import { legTo, placeAt, standing } from './walk.ts'

const MINUTE = 60_000

/** Sets a character going; from then on its days follow by themselves. */
export function beginDays(realm: Realm, c: Character): void {
  const atGround = distance(c.leg.to, c.ground) < 1
  realm.timeline.after(between(c.rng, 100, 6000), () =>
    atGround ? huntUntil(realm, c, realm.timeline.now + huntLength(realm, c)) : restInTown(realm, c),
  )
}

const huntLength = (realm: Realm, c: Character) => between(c.rng, 12, 40) * MINUTE * (realm.quiet() ? 3.2 : 1)

/** Ends what a character was doing: its next step is the one given, whatever was planned. */
function interrupt(realm: Realm, c: Character, place: Place): void {
  c.leg = standing(place, realm.timeline.now)
  c.way = []
}

function huntUntil(realm: Realm, c: Character, end: number): void {
  if (realm.timeline.now >= end) return goToTown(realm, c)
  const spot = nextSpot(realm, c)
  c.state = 'navigation'
  walkTo(realm, c, spot, c.speed * 0.9, () =>
    huntOnce(realm, c, {
      won: () => huntUntil(realm, c, end),
      lost: () => reviveAtLifestone(realm, c),
    }),
  )
}

/** Somewhere near in the film, anywhere on the ground in the coarse past; never far from the ground's middle. */
function nextSpot(realm: Realm, c: Character): Place {
  const { rng, hunting } = c
  const angle = between(rng, 0, 2 * Math.PI)
  const reach = realm.quiet() ? between(rng, 0.15, 1) ** 2 * 2.6 : between(rng, 0.02, 0.16)
  const here = placeAt(c.leg, realm.timeline.now)
  const around = realm.quiet() || distance(here, hunting) > 1.5 ? hunting : here
  return { ew: around.ew + Math.cos(angle) * reach, ns: around.ns + Math.sin(angle) * reach }
}

function walkTo(realm: Realm, c: Character, to: Place, speed: number, then: () => void): void {
  const { timeline } = realm
  c.leg = legTo(placeAt(c.leg, timeline.now), to, timeline.now, speed)
  timeline.after(c.leg.end - timeline.now, then)
}

/** Follows the way to its end, a step to the side of where others tread. */
function follow(realm: Realm, c: Character, way: readonly Place[], then: () => void): void {
  const side = { ew: between(c.rng, -0.12, 0.12), ns: between(c.rng, -0.12, 0.12) }
  c.way = way.map(({ ew, ns }) => ({ ew: ew + side.ew, ns: ns + side.ns }))
  c.state = 'navigation'
  const next = () => {
    const point = c.way.shift()
    if (!point) return then()
    walkTo(realm, c, point, c.speed, next)
  }
  next()
}

function portalTo(realm: Realm, c: Character, name: string, to: Place): void {
  realm.emit(c, { kind: 'portal', name, place: placeAt(c.leg, realm.timeline.now) })
  interrupt(realm, c, { ew: to.ew + between(c.rng, -0.1, 0.1), ns: to.ns + between(c.rng, -0.1, 0.1) })
}

const townNear = (place: Place): Town =>
  towns.reduce((best, town) => (distance(town, place) < distance(best, place) ? town : best))

/** From here to there: by road when there is one, by portal over water and often when it is far. */
function travel(realm: Realm, c: Character, to: Place, then: () => void): void {
  const here = placeAt(c.leg, realm.timeline.now)
  const far = distance(here, to)
  if (far > 55 && c.rng() < 0.75) {
    const town = townNear(to)
    portalTo(realm, c, `Portal to ${town.name}`, town)
    return travel(realm, c, to, then)
  }
  const way = wayBetween(here, to)
  if (way) return follow(realm, c, way, then)
  portalTo(realm, c, pick(c.rng, ['Wilderness Portal', 'Surface Portal', `Portal from ${townNear(here).name}`]), to)
  realm.timeline.after(between(c.rng, 1500, 4000), then)
}

function goToTown(realm: Realm, c: Character): void {
  // Not always home: markets and gathering places draw people too.
  const draw = c.rng()
  const goal: Place =
    draw < 0.5
      ? c.home
      : draw < 0.75
        ? townNear(c.ground)
        : pickWeighted(c.rng, gatheringPlaces, (place) => Math.sqrt(place.weight))
  travel(realm, c, goal, () => restInTown(realm, c))
}

function restInTown(realm: Realm, c: Character): void {
  const { rng } = c
  if (!realm.quiet()) buyTapers(realm, c)
  const strolls = whole(rng, 2, 5)
  const rest = (left: number) => {
    c.state = 'idle'
    const pause = between(rng, 0.3, 1.6) * MINUTE * (realm.quiet() ? 5 : 1)
    realm.timeline.after(pause, () => {
      if (left === 0) return leaveTown(realm, c)
      const here = placeAt(c.leg, realm.timeline.now)
      const spot = { ew: here.ew + between(rng, -0.12, 0.12), ns: here.ns + between(rng, -0.12, 0.12) }
      walkTo(realm, c, spot, c.speed * 0.5, () => rest(left - 1))
    })
  }
  rest(strolls)
}

function leaveTown(realm: Realm, c: Character): void {
  const { rng } = c
  if (rng() < 0.6) c.ground = groundFor(rng, c.sheet.level, c.home)
  c.hunting = spotOn(rng, c.ground)
  travel(realm, c, c.hunting, () => huntUntil(realm, c, realm.timeline.now + huntLength(realm, c)))
}

/** The pack does not stand on one spot: a ground is some landblocks wide, as far as it is dry. */
function spotOn(rng: Rng, ground: Place): Place {
  for (let tries = 0; tries < 6; tries++) {
    const spot = { ew: ground.ew + between(rng, -2, 2), ns: ground.ns + between(rng, -2, 2) }
    const { x, y } = landSquare(spot)
    if (isLand(x, y)) return spot
  }
  return ground
}

function reviveAtLifestone(realm: Realm, c: Character): void {
  interrupt(realm, c, { ew: c.home.ew + between(c.rng, -0.2, 0.2), ns: c.home.ns + between(c.rng, -0.2, 0.2) })
  c.state = 'idle'
  realm.timeline.after(between(c.rng, 20, 70) * 1000, () =>
    travel(realm, c, c.hunting, () => huntUntil(realm, c, realm.timeline.now + huntLength(realm, c))),
  )
}
