/** A thing near a character, as its radar shows it. */
export interface RadarObject {
  /** The game's id, unsigned. */
  gameId: number
  name: string | null
  objectClassName: string | null
  objectClass: number | null
  ew: number | null
  ns: number | null
  z: number | null
  distance: number | null
}
