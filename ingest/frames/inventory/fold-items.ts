import { CLASS_KEY, type Item } from './item.ts'

/**
 * One record that stores the same as `first` and then `second` of the same item and holder; null when there is none.
 * The rules are those of the statement that stores items (items.ts); a test holds the two against each other.
 */
export function foldItems(first: Item, second: Item): Item | null {
  // Only of what is surely the same item: which of two the stored one is, the database alone knows.
  const weenie = (item: Item) => item.intValues?.[CLASS_KEY]
  if (first.name !== second.name || first.objectClass !== second.objectClass || weenie(first) !== weenie(second))
    return null
  const bags = ['intValues', 'doubleValues', 'boolValues', 'stringValues'] as const
  // A bag replaces when its record is an appraisal and is laid over otherwise; one record cannot say both.
  for (const bag of [...bags, 'spells', 'activeSpells'] as const) {
    if (first.appraised && !second.appraised && first[bag] === null && second[bag] !== null) return null
    if (!first.appraised && second.appraised && first[bag] !== null && second[bag] === null) return null
  }
  const exact = second.appraised && second.intValues !== null
  const wornNamed = second.wieldedLocation !== undefined || exact
  // Whether the second container is another one, the first record must say.
  if (!wornNamed && second.containerId !== undefined && first.containerId === undefined) return null
  const wasMoved = second.containerId !== undefined && second.containerId !== first.containerId
  const over = <V>(before: Record<string, V> | null, after: Record<string, V> | null) =>
    after === null ? before : before === null || second.appraised ? after : { ...before, ...after }
  const spells = (before: number[] | null, after: number[] | null) =>
    after === null ? before : before === null || second.appraised || after.length ? after : before
  const figure = (before: number | null, after: number | null) => (exact ? after : (after ?? before))
  return {
    gameId: second.gameId,
    name: second.name ?? first.name,
    objectClass: second.objectClass ?? first.objectClass,
    icon: figure(first.icon, second.icon),
    containerId: second.containerId ?? first.containerId,
    wieldedLocation: wornNamed ? (second.wieldedLocation ?? null) : wasMoved ? null : wornIn(first),
    stack: figure(first.stack, second.stack),
    value: figure(first.value, second.value),
    burden: figure(first.burden, second.burden),
    armorLevel: figure(first.armorLevel, second.armorLevel),
    workmanship: figure(first.workmanship, second.workmanship),
    material: figure(first.material, second.material),
    setId: figure(first.setId, second.setId),
    tinks: figure(first.tinks, second.tinks),
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
const wornIn = ({ wieldedLocation, appraised, intValues }: Item) =>
  wieldedLocation === undefined && appraised && intValues !== null ? null : wieldedLocation
