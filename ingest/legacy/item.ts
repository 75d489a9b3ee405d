// An item out of the original's seven tables, as its plugin would send it.
import { toNumber } from '../../shared/contract/numbers.ts'
import type { OldRow } from './original.ts'

/** One item with the rows that the other tables hold of it. */
export interface OldItem {
  item: OldRow
  /** The plugin's own record, where it was kept. */
  raw: OldRow | null
  parts: readonly OldRow[]
  spells: readonly OldRow[]
}

// Where a raw record is missing: columns as the original named them, by the keys of the plugin's property bags.
const INTS: Record<string, string[]> = {
  5: ['burden'],
  10: ['current_wielded_location'],
  19: ['value'],
  28: ['armor_level'],
  109: ['lore_requirement', 'lore'],
  171: ['tinks'],
  179: ['imbue'],
  353: ['mastery'],
  370: ['damage_rating', 'dam_rating'],
  371: ['damage_resist_rating', 'dam_resist_rating'],
  372: ['crit_rating'],
  373: ['crit_resist_rating'],
  374: ['crit_damage_rating', 'crit_dam_rating'],
  375: ['crit_damage_resist_rating', 'crit_dam_resist_rating'],
  376: ['heal_boost_rating', 'heal_boost'],
  379: ['vitality_rating', 'vitality'],
  218103840: ['equip_skill'],
  218103842: ['max_damage'],
}
const DOUBLES: Record<string, string[]> = {
  29: ['melee_defense_bonus', 'melee_defense'],
  149: ['missile_defense_bonus', 'missile_defense'],
  150: ['magic_defense_bonus', 'magic_defense'],
  167772169: ['workmanship'],
  167772171: ['variance'],
  167772172: ['attack_bonus'],
  167772174: ['damage_bonus'],
}

function bag(rows: readonly OldRow[], keys: Record<string, string[]>): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [key, columns] of Object.entries(keys)) {
    for (const row of rows) {
      const value = columns.map((column) => toNumber(row[column])).find((number) => number !== undefined)
      if (value !== undefined && value !== -1) found[key] ??= value
    }
  }
  return found
}

/** The record as the plugin would send it. The container comes from its own row, which is the newer one. */
export function itemRecord({ item, raw, parts, spells }: OldItem): Record<string, unknown> {
  const place = {
    Id: item['item_id'],
    ContainerId: item['container_id'] ?? raw?.['ContainerId'],
    CurrentWieldedLocation: item['current_wielded_location'] ?? raw?.['CurrentWieldedLocation'],
  }
  if (raw) return { Name: item['name'], ObjectClass: item['object_class'], ...raw, ...place }
  const rows = [item, ...parts]
  const ids = (isActive: boolean) =>
    spells.filter((row) => (row['is_active'] === true) === isActive).map((row) => row['spell_id'])
  return {
    ...place,
    Name: item['name'],
    ObjectClass: item['object_class'],
    Icon: item['icon'],
    StackCount: item['stack'] ?? item['stack_count'],
    HasIdData: parts.length > 0,
    IntValues: bag(rows, INTS),
    DoubleValues: bag(rows, DOUBLES),
    Spells: ids(false),
    ActiveSpells: ids(true),
  }
}
