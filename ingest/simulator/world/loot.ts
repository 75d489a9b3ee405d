// What a hunt brings in, and what becomes of it: picked up unknown, appraised, sold or salvaged, sometimes handed on.
import { between, pick, pickWeighted, whole } from './chance.ts'
import type { Character } from './character.ts'
import { equipment, goods } from './item.ts'
import { itemTemplates } from './item-templates.ts'
import type { Realm } from './realm.ts'

const lootable = itemTemplates.filter((template) => template.loot)
const MAX_ITEMS = 260
/** Property of an item: how many there are in the stack. */
const STACK = 218103814
const FEW_TAPERS = 300

/** Perhaps the kill left something worth taking. */
export function findLoot(realm: Realm, c: Character, chance = 0.09): void {
  const { rng, inventory } = c
  if (rng() > chance) return
  const { timeline } = realm
  const container = rng() < 0.4 ? c.id : pick(rng, inventory.packs)
  const id = inventory.nextId()
  const placement = { id, container, wielder: 0, wielded: 0, level: c.sheet.level, now: timeline.now }
  const item =
    rng() < 0.7
      ? equipment(
          rng,
          pickWeighted(rng, lootable, (t) => t.weight),
          placement,
        )
      : goods(rng, null, id, container)
  item.appraised = false
  inventory.items.set(id, item)
  realm.emit(c, { kind: 'item added', item })

  // The plugin asks the game about what is new: the answer comes a moment later.
  timeline.after(between(rng, 1500, 4500), () => {
    if (inventory.items.get(id) !== item) return
    item.appraised = true
    item.appraisedAt = Math.floor(timeline.now / 1000)
    realm.emit(c, { kind: 'item changed', item })
  })
  timeline.after(between(rng, 2, 20) * 60_000, () => !c.away && drop(realm, c, id))
  if (inventory.items.size > MAX_ITEMS) drop(realm, c, spareOf(c))
}

/** In town, a character that is short of tapers buys more. */
export function buyTapers(realm: Realm, c: Character): void {
  const { tapers } = c.inventory
  if ((tapers.plain.ints[STACK] ?? 0) >= FEW_TAPERS) return
  tapers.plain.ints[STACK] = (tapers.plain.ints[STACK] ?? 0) + whole(c.rng, 2_000, 5_000)
  if (c.inventory.items.has(tapers.id)) realm.emit(c, { kind: 'item changed', item: tapers })
}

/** Casting burns tapers: at most so many. */
export function burnTapers(c: Character, most: number): void {
  const { ints } = c.inventory.tapers.plain
  ints[STACK] = Math.max(0, ints[STACK]! - whole(c.rng, 0, most))
}

const spareOf = (c: Character) =>
  [...c.inventory.items.values()].find((item) => item.objectClass === 39 || item.objectClass === 11)?.id ?? 0

function drop(realm: Realm, c: Character, id: number): void {
  const { inventory } = c
  if (!inventory.items.delete(id)) return
  realm.emit(c, { kind: 'item gone', id })
}

/** Every minute or so: tapers burn, mana drains, somebody hands something to a friend. */
export function tendItems(realm: Realm, c: Character): void {
  const { rng, inventory } = c
  const worn = [...inventory.items.values()].filter(
    (item) => item.plain.ints[10] && item.hidden.ints[107] && item.appraised,
  )
  if (worn.length > 0) {
    const item = pick(rng, worn)
    delete item.captured
    item.hidden.ints[107] = Math.max(0, item.hidden.ints[107]! - whole(rng, 1, 9))
    realm.emit(c, { kind: 'item changed', item })
  }
  if (inventory.items.has(inventory.tapers.id)) realm.emit(c, { kind: 'item changed', item: inventory.tapers })
  if (rng() < 0.06) handOn(realm, c)
}

/** Gives a spare piece to somebody else of the fleet: the same id now lives with another character. */
function handOn(realm: Realm, c: Character): void {
  const friend = pick(c.rng, realm.characters)
  // Ids are a game server's own: only friends on the same one can trade.
  if (friend.server !== c.server || friend.away) return
  const spare = [...c.inventory.items.values()].find(
    (item) => !item.plain.ints[10] && item.objectClass < 5 && item.appraised,
  )
  if (!spare || friend === c) return
  drop(realm, c, spare.id)
  delete spare.captured
  spare.container = friend.id
  spare.plain.ints[218103810] = friend.id | 0
  friend.inventory.items.set(spare.id, spare)
  // Some seconds pass, as in a real trade: no frame of the giver is still on its way.
  realm.timeline.after(between(c.rng, 3000, 6000), () => {
    if (friend.inventory.items.has(spare.id)) realm.emit(friend, { kind: 'item added', item: spare, from: c })
  })
}
