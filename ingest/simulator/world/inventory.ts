// What a character holds: packs, worn equipment, goods. It is the game's state, more than the plugin has appraised.
import { pick, pickWeighted, whole, type Rng } from './chance.ts'
import { equipment, goods, newPack, type Item } from './item.ts'
import { itemTemplates } from './item-templates.ts'

/** A character's belongings. */
export interface Inventory {
  items: Map<number, Item>
  packs: number[]
  tapers: Item
  /** Makes an id no other item of the shard has. */
  nextId: () => number
}

/** Ids of server-made objects start at 0x80000000: as signed numbers, on the wire, they are all negative. */
function idMaker(characterIndex: number, base = 0x80000000): () => number {
  let serial = 0
  return () => (base + characterIndex * 0x20000 + serial++ * 7 + 1) >>> 0
}

// Worn armor, clothing and jewelry, one mask at a time; wrists and fingers twice.
const slots = [
  0x1, 0x20, 0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000, 0x10000, 0x20000, 0x40000, 0x80000, 0x4000000,
  0x8000000, 0x2, 0x40,
]
const weapons = 0x100000 | 0x400000 | 0x1000000 | 0x2000000

/** Everything a character of that level holds. Sixty to two hundred and fifty items, packs among them. */
export function outfit(rng: Rng, characterId: number, index: number, level: number, now: number): Inventory {
  const nextId = idMaker(index)
  const items = new Map<number, Item>()
  const put = (item: Item) => items.set(item.id, item)
  const packs = Array.from({ length: whole(rng, 3, 7) }, (_, slot) => {
    const pack = newPack(rng, nextId(), characterId, slot)
    put(pack)
    return pack.id
  })
  let covered = 0
  for (const slot of slots) {
    if (covered & slot || rng() < 0.06) continue
    const fits = itemTemplates.filter((t) => t.equip & slot && !(worn(t.equip, slot) & covered))
    if (fits.length === 0) continue
    const template = pickWeighted(rng, fits, (t) => t.weight)
    const mask = worn(template.equip, slot)
    covered |= mask
    put(
      equipment(rng, template, {
        id: nextId(),
        container: characterId,
        wielder: characterId,
        wielded: mask,
        level,
        now,
      }),
    )
  }
  const weapon = pickWeighted(
    rng,
    itemTemplates.filter((t) => t.equip & weapons),
    (t) => t.weight,
  )
  put(
    equipment(rng, weapon, {
      id: nextId(),
      container: characterId,
      wielder: characterId,
      wielded: weapon.equip,
      level,
      now,
    }),
  )

  const anywhere = () => (rng() < 0.25 ? characterId : pick(rng, packs))
  const count = whole(rng, 60, 250)
  const tapers = goods(rng, 'Prismatic Taper', nextId(), pick(rng, packs))
  put(tapers)
  // About half of what people carry is spare equipment; the rest are stacks, gems, salvage, keys, food.
  while (items.size < count) {
    if (rng() < 0.48) {
      const template = pickWeighted(rng, itemTemplates, (t) => t.weight)
      put(equipment(rng, template, { id: nextId(), container: anywhere(), wielder: 0, wielded: 0, level, now }))
    } else put(goods(rng, null, nextId(), anywhere()))
  }
  return { items, packs, tapers, nextId }
}

/** The slots a piece fills when worn at one: armor fills all of its mask, jewelry that goes left or right fills one. */
function worn(equip: number, slot: number): number {
  const paired = equip & 0xf0000
  return paired ? slot & paired : equip & ~0xf0000
}

/** The belongings of a captured character. What it finds from now on gets ids far from the captured ones. */
export function capturedInventory(captured: readonly Item[], index: number): Inventory {
  const nextId = idMaker(index, 0xf0000000)
  const items = new Map(
    captured.map((item) => [
      item.id,
      {
        ...item,
        plain: { ...item.plain, ints: { ...item.plain.ints } },
        hidden: { ...item.hidden, ints: { ...item.hidden.ints } },
      },
    ]),
  )
  const packs = captured.filter((item) => item.objectClass === 10).map((item) => item.id)
  const body = captured[0]?.container ?? 0
  // Who carries no tapers counts some all the same: telemetry asks for a number.
  const tapers =
    [...items.values()].find((item) => item.name === 'Prismatic Taper') ??
    goods(() => 0.5, 'Prismatic Taper', nextId(), body)
  tapers.plain.ints[218103814] ??= 1
  return { items, packs: packs.length > 0 ? packs : [body], tapers, nextId }
}
