import type { Place } from './coordinates.ts'

/** A place with a name; without one the name is empty. */
export interface NamedPlace extends Place {
  name: string
}

/** Reads a table of places: `ns ew name`, separated by bars and lines. */
export function readPlaces(table: string): readonly NamedPlace[] {
  return table
    .trim()
    .split(/[|\n]/)
    .map((entry) => {
      const [ns, ew, ...name] = entry.split(' ')
      return { ns: Number(ns), ew: Number(ew), name: name.join(' ') }
    })
}
