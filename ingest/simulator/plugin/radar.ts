// What only a plugin with its radar on sends: things nearby, and the floor of a dungeon.
import { landblockOf } from '../../../shared/world/dereth/coordinates.ts'
import { between, pick, rounded, seeded, seedFor, whole } from '../world/chance.ts'
import type { Character } from '../world/character.ts'
import { headingOf } from '../world/walk.ts'
import { stamp, type Frame } from './frame.ts'
import { whereabouts } from './frames.ts'

const dungeons = ['01E9', '0125', '02A9', '6248', '01DC', '5E4B']

/** Things nearby. */
export function nearbyObjectsFrame(c: Character, now: number): Frame {
  const { rng } = c
  const here = whereabouts(c, now)
  const objects = Array.from({ length: whole(rng, 1, 7) }, (_, nth) => {
    const [ew, ns] = [rounded(here.ew + between(rng, -0.1, 0.1), 4), rounded(here.ns + between(rng, -0.1, 0.1), 4)]
    const monster = rng() < 0.8
    return {
      id: (0x90000000 + c.index * 64 + nth) | 0,
      name: monster ? pick(rng, c.ground.monsters) : pick(rng, ['Lifestone', 'Town Crier', 'Surface']),
      object_class: monster ? 'Monster' : pick(rng, ['Lifestone', 'Npc', 'Portal']),
      ew,
      ns,
      z: here.z,
      distance: rounded(Math.hypot(ew - here.ew, ns - here.ns) * 240, 1),
    }
  })
  return {
    type: 'nearby_objects',
    timestamp: stamp(now),
    character_name: c.name,
    landblock: `0x${landblockOf(here) ?? '0000'}`,
    ...here,
    heading: rounded(headingOf(c.leg), 1),
    objects,
  }
}

/** Floor tiles of a dungeon the character has just entered: the same for every character. */
export function dungeonMapFrame(c: Character): Frame {
  const landblock = pick(c.rng, dungeons)
  const rng = seeded(seedFor(0, 'dungeon', Number.parseInt(landblock, 16)))
  const cells = () =>
    Array.from({ length: whole(rng, 6, 24) }, (_, nth) => ({
      env_id: whole(rng, 600, 640),
      x: 10 * (nth % 6),
      y: -10 * Math.floor(nth / 6),
      rotation: 90 * whole(rng, 0, 3),
    }))
  const levels = [-6, 0].map((z) => ({ z, cells: cells() }))
  return { type: 'dungeon_map', character_name: c.name, landblock, z_levels: levels }
}
