/**
 * What lies beside `telemetry` while one of its days is packed; one process packs at a time, one day after the other.
 */
export const ASIDE = {
  /** The copy, until it takes the day's place. */
  copy: 'telemetry_packing',
  /** Rows that came after the copy was begun. */
  late: 'telemetry_late',
  /** The day as it was, once the copy has its place. */
  old: 'telemetry_unpacked',
} as const

/** The trigger that notes late rows. */
export const NOTES_LATE = 'telemetry_came_late'
