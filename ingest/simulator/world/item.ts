// One item, drawn from what was really met: material, workmanship, armor, ratings, cantrips, tinkering.
import { between, pick, pickWeighted, rounded, whole, type Rng } from './chance.ts'
import { buffs, cantrips, type BoundSpell } from './bound-spells.ts'
import { allGoods } from './goods.ts'
import * as odds from './item-odds.ts'
import type { ItemTemplate } from './item-templates.ts'

/** An item as the game knows it. Keys of the bags are the game's property keys. */
export interface Item {
  id: number
  name: string
  objectClass: number
  container: number
  icon: number
  /** The plugin has asked the game about it: armor, spells, requirements are known. */
  appraised: boolean
  appraisedAt: number
  /** What shows at first sight, and what only an appraisal shows. */
  plain: Bags
  hidden: Bags
  spells: number[]
  activeSpells: number[]
  /** The captured record, verbatim; none once the item has changed, or was never captured. */
  captured?: object
}

/** Property bags by the game's key. */
export interface Bags {
  bools: Record<string, boolean>
  doubles: Record<string, number>
  ints: Record<string, number>
  strings: Record<string, string>
}

/** Where a piece of equipment is to lie. */
export interface Placement {
  id: number
  container: number
  wielder: number
  wielded: number
  level: number
  now: number
}

const noBags = (): Bags => ({ bools: {}, doubles: {}, ints: {}, strings: {} })
const signed = (id: number) => id | 0

/** Which table of odds a piece goes by. */
function groupOf(template: Pick<ItemTemplate, 'objectClass' | 'equip'>): odds.Group {
  if (template.equip === 0x8000000) return 'cloak'
  if (template.objectClass === 4) return 'jewelry'
  if (template.objectClass === 1) return 'melee'
  if (template.objectClass === 9) return 'missile'
  if (template.objectClass === 31) return 'caster'
  return template.equip & 0xce && !(template.equip & 0x7f21) ? 'underclothes' : 'armor'
}

/** A piece of equipment. */
// eslint-disable-next-line max-lines-per-function -- one table of cases, read from top to bottom
export function equipment(rng: Rng, template: ItemTemplate, at: Placement): Item {
  const group = groupOf(template)
  const plain = noBags()
  const hidden = noBags()
  const workmanship = template.loot ? pickWeighted(rng, odds.workmanship, (w) => w.weight).value : 0
  const material = template.loot && template.materials.length ? pick(rng, template.materials) : 0
  Object.assign(plain.ints, {
    5: Math.max(1, Math.round(template.burden * between(rng, 0.9, 1.1))),
    10: at.wielded,
    19: Math.round(between(rng, ...template.value)),
    218103808: template.weenie,
    218103809: template.icon,
    218103810: signed(at.container),
    218103822: template.equip,
    218103824: 1,
    218103830: 33554430 + (template.weenie % 5000),
    218103831: 18,
  })
  if (template.coverage) plain.ints[218103821] = template.coverage
  if (at.wielder) plain.ints[218103818] = at.wielder
  if (material) plain.ints[131] = material
  if (workmanship) plain.doubles[167772169] = workmanship
  plain.bools[22] = true
  plain.strings[1] = template.name
  if (workmanship) hidden.ints[105] = workmanship
  if (template.armor) hidden.ints[28] = Math.round(between(rng, ...template.armor))
  if (template.armor && group === 'armor')
    for (let key = 167772160; key <= 167772166; key++) hidden.doubles[key] = rounded(between(rng, 0.3, 1.8), 3)
  if (template.damage) {
    Object.assign(hidden.ints, {
      218103842: Math.round(between(rng, ...template.damage)),
      218103840: template.skill,
      218103839: whole(rng, 15, 65),
    })
    hidden.doubles[167772171] = template.variance || 0.4
  }
  if (group === 'melee' || group === 'caster') hidden.doubles[29] = rounded(between(rng, 1, 1.2), 2)
  if (group === 'caster')
    Object.assign(hidden.doubles, {
      152: rounded(between(rng, 1.01, 1.2), 3),
      144: rounded(between(rng, 0.02, 0.2), 3),
    })
  const spells = template.loot && group !== 'cloak' ? drawSpells(rng, group) : []
  if (spells.length > 0) {
    const mana = whole(rng, 400, 2400)
    Object.assign(hidden.ints, {
      106: whole(rng, 180, 370),
      107: whole(rng, 0, mana),
      108: mana,
      109: whole(rng, 60, 400),
    })
    hidden.doubles[5] = rounded(-1 / whole(rng, 15, 40), 6)
  }
  if (template.loot) drawExtras(rng, group, hidden, at.level)
  hidden.strings[16] = workmanship ? `${template.name} of some renown` : template.name
  const active = at.wielded && group === 'armor' ? [4407, 4391, 4397].slice(0, whole(rng, 0, 3)) : []
  if (active.length > 0 && hidden.ints[28]) hidden.ints[28] += 240
  return {
    id: at.id,
    name: template.name,
    objectClass: template.objectClass,
    container: at.container,
    icon: template.icon,
    appraised: rng() >= odds.UNAPPRAISED,
    appraisedAt: Math.floor(at.now / 1000) - whole(rng, 60, 864000),
    plain,
    hidden,
    spells,
    activeSpells: active,
  }
}

function drawSpells(rng: Rng, group: odds.Group): number[] {
  const chosen = new Set<number>()
  const draw = (list: readonly BoundSpell[] | undefined) => {
    if (list?.length) chosen.add(pickWeighted(rng, list, (spell) => spell.weight).id)
  }
  for (let left = pickWeighted(rng, odds.buffCount[group], (n) => n.weight).value; left > 0; left--)
    draw(buffs.get(`${group} 0`))
  for (const tier of pickWeighted(rng, odds.cantripTiers[group], (t) => t.weight).tiers)
    draw(cantrips.get(`${group} ${tier}`))
  return [...chosen]
}

function drawExtras(rng: Rng, group: odds.Group, hidden: Bags, level: number): void {
  const set = odds.sets[group] && pickWeighted(rng, odds.sets[group], (entry) => entry.weight).value
  if (set) hidden.ints[265] = set
  const tinks = pickWeighted(rng, odds.tinks[group], (entry) => entry.weight).value
  if (tinks) hidden.ints[171] = tinks
  const imbues = odds.imbues[group]
  if (imbues && tinks === 10) hidden.ints[179] = pickWeighted(rng, imbues, (entry) => entry.weight).value
  const rating = odds.ratings[group] && rng() < 0.4 && pickWeighted(rng, odds.ratings[group], (entry) => entry.weight)
  if (rating) hidden.ints[rating.key] = rating.value
  const wield = level >= 180 ? 180 : level >= 150 ? 150 : 0
  if (wield) Object.assign(hidden.ints, { 158: 7, 159: 1, 160: wield })
}

/** Goods: of the named kind, or of any. */
export function goods(rng: Rng, name: string | null, id: number, container: number): Item {
  const kind = allGoods.find((entry) => entry.name === name) ?? pickWeighted(rng, allGoods, (entry) => entry.weight)
  const plain = noBags()
  const stack =
    kind.name === 'Prismatic Taper' ? whole(rng, 3000, 9000) : kind.stack > 1 ? whole(rng, 1, kind.stack) : 1
  Object.assign(plain.ints, {
    5: kind.burden * stack,
    19: kind.value * stack,
    218103808: kind.weenie,
    218103809: kind.icon,
    218103810: signed(container),
    218103831: 16,
  })
  if (kind.stack > 1) Object.assign(plain.ints, { 218103814: stack, 218103815: Math.max(kind.stack, stack) })
  plain.strings[1] = kind.name
  const hidden = noBags()
  hidden.strings[16] = `${kind.name}.`
  const appraised = rng() < 0.35
  return {
    id,
    name: kind.name,
    objectClass: kind.objectClass,
    container,
    icon: kind.icon,
    appraised,
    appraisedAt: 1_700_000_000,
    plain,
    hidden,
    spells: [],
    activeSpells: [],
  }
}

/** A pack: the container others lie in. */
export function newPack(rng: Rng, id: number, characterId: number, slot: number): Item {
  const name = pick(rng, ['Small Belt Pouch', 'Sack', 'Pack', 'Backpack'])
  const plain = noBags()
  Object.assign(plain.ints, {
    5: 65,
    19: 65,
    218103808: 139,
    218103809: 12247,
    218103810: characterId,
    218103812: 24,
    231735296: slot,
  })
  plain.strings[1] = name
  return {
    id,
    name,
    objectClass: 10,
    container: characterId,
    icon: 12247,
    appraised: false,
    appraisedAt: 0,
    plain,
    hidden: noBags(),
    spells: [],
    activeSpells: [],
  }
}

/** A rare somebody found. */
export function rareItem(name: string, id: number, container: number): Item {
  const plain = noBags()
  Object.assign(plain.ints, {
    5: 5,
    19: 0,
    17: 1 + (name.length % 60),
    218103808: 30107 + name.length,
    218103809: 13500 + name.length,
    218103810: signed(container),
    218103831: 18,
  })
  plain.strings[1] = name
  return {
    id,
    name,
    objectClass: 11,
    container,
    icon: 13500 + name.length,
    appraised: false,
    appraisedAt: 0,
    plain,
    hidden: noBags(),
    spells: [],
    activeSpells: [],
  }
}
