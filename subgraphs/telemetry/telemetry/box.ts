import { fault } from '../../../shared/errors.ts'

/** A part of the map, in map units. */
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** Refuses bounds the wrong way round. */
export function checkBox(box: Box): Box {
  if (!(box.west <= box.east && box.south <= box.north))
    throw fault('BAD_USER_INPUT', '`within` needs west <= east and south <= north.')
  return box
}
