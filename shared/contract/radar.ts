/** A thing near a character, as its radar shows it. */
export interface RadarObject {
  /** The game's id, unsigned. */
  id: number
  name: string | null
  objectClass: string | null
  objectClassNumber: number | null
  ew: number | null
  ns: number | null
  z: number | null
  distance: number | null
}
