// An item as the plugin serialises it: PascalCase, string keys, ids as signed 32-bit numbers, only fields it knows.
import type { Bags, Item } from '../world/item.ts'

/** The record of one item. */
export interface ItemRecord {
  Id: number
  ObjectClass: number
  HasIdData: boolean
  LastIdTime: number
  ContainerId: number
  Name: string
  Icon: number
  BoolValues: Bags['bools']
  DoubleValues: Bags['doubles']
  IntValues: Bags['ints']
  StringValues: Bags['strings']
  ActiveSpells: number[]
  Spells: number[]
}

/** The record; what needs an appraisal is left out unless there was one. */
export function itemRecord(item: Item): ItemRecord {
  if (item.captured) return item.captured as ItemRecord
  const { plain, hidden, appraised } = item
  return {
    Id: item.id | 0,
    ObjectClass: item.objectClass,
    HasIdData: appraised,
    LastIdTime: appraised ? item.appraisedAt : 0,
    ContainerId: item.container | 0,
    Name: item.name,
    Icon: item.icon,
    BoolValues: { ...plain.bools, ...(appraised && hidden.bools) },
    DoubleValues: { ...plain.doubles, ...(appraised && hidden.doubles) },
    IntValues: { ...plain.ints, ...(appraised && hidden.ints) },
    StringValues: { ...plain.strings, ...(appraised && hidden.strings) },
    ActiveSpells: appraised ? item.activeSpells : [],
    Spells: appraised ? item.spells : [],
  }
}
