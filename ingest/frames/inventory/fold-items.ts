import type { Item } from './item.ts'

/**
 * One record that stores the same as `first` and then `second` of the same item and holder; null when there is none.
 * The rules are those of the statement that stores items (items.ts); a test holds the two against each other.
 */
export function foldItems(first: Item, second: Item): Item | null {
  const bags = ['intValues', 'doubleValues', 'boolValues', 'stringValues'] as const
  // A bag replaces when its record is an appraisal and is laid over otherwise; one record cannot say both.
  for (const bag of [...bags, 'spells', 'activeSpells'] as const) {
    if (first.appraised && !second.appraised && first[bag] === null && second[bag] !== null) return null
    if (!first.appraised && second.appraised && first[bag] !== null && second[bag] === null) return null
  }
  const exact = second.appraised && second.intValues !== null
  const wornSaid = second.wieldedLocation !== undefined || exact
  const over = <V>(before: Record<string, V> | null, after: Record<string, V> | null) =>
    after === null ? before : before === null || second.appraised ? after : { ...before, ...after }
  const spells = (before: number[] | null, after: number[] | null) =>
    after === null ? before : before === null || second.appraised || after.length ? after : before
  return {
    gameId: second.gameId,
    name: second.name ?? first.name,
    objectClass: second.objectClass ?? first.objectClass,
    icon: second.icon ?? first.icon,
    containerId: second.containerId ?? first.containerId,
    wieldedLocation: wornSaid ? (second.wieldedLocation ?? null) : saidWorn(first),
    stack: second.stack ?? first.stack,
    value: second.value ?? first.value,
    burden: second.burden ?? first.burden,
    armorLevel: exact ? second.armorLevel : (second.armorLevel ?? first.armorLevel),
    workmanship: second.workmanship ?? first.workmanship,
    material: second.material ?? first.material,
    setId: exact ? second.setId : (second.setId ?? first.setId),
    tinks: exact ? second.tinks : (second.tinks ?? first.tinks),
    appraised: first.appraised || second.appraised,
    intValues: over(first.intValues, second.intValues),
    doubleValues: over(first.doubleValues, second.doubleValues),
    boolValues: over(first.boolValues, second.boolValues),
    stringValues: over(first.stringValues, second.stringValues),
    spells: spells(first.spells, second.spells),
    activeSpells: spells(first.activeSpells, second.activeSpells),
  }
}

/** An appraisal with properties that names no worn place says that there is none. */
const saidWorn = ({ wieldedLocation, appraised, intValues }: Item) =>
  wieldedLocation === undefined && appraised && intValues !== null ? null : wieldedLocation
