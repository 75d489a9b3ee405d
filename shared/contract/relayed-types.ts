/** Types of frames that are published as received beside what is made of them. */
export const RELAYED_TYPES = [
  'portal',
  'spawn',
  'quest',
  'equipment_cantrip_state',
  'nearby_objects',
  'dungeon_map',
] as const
export type RelayedType = (typeof RELAYED_TYPES)[number]

/** Vital and debuff sharing: any type that begins so is published as received, whatever its body. */
export const isShare = (type: string): boolean => type.startsWith('share_')
