// Towns with their outdoor places; two of the remote ones are known to half a unit only.
import type { Place } from './coordinates.ts'

/** A town on the map. Rank 1 is drawn from far away, 2 nearer, 3 nearest. */
export interface Town extends Place {
  name: string
  rank: 1 | 2 | 3
}

/** Every town with an outdoor place, by name. */
export const towns: readonly Town[] = [
  { name: 'Aerlinthe Island', ns: 84.1, ew: 47.2, rank: 3 },
  { name: 'Ahurenga', ns: 46.1, ew: -89.8, rank: 2 },
  { name: 'Al-Arqas', ns: -31.3, ew: 13.2, rank: 2 },
  { name: 'Al-Jalima', ns: 7.2, ew: 5, rank: 2 },
  { name: 'Arwic', ns: 33.3, ew: 56.6, rank: 1 },
  { name: 'Ayan Baqur', ns: -60.5, ew: -88, rank: 2 },
  { name: 'Baishi', ns: -49.3, ew: 62.9, rank: 2 },
  { name: 'Bandit Castle', ns: 65, ew: 49.3, rank: 3 },
  { name: 'Bluespire', ns: 39.5, ew: -75.3, rank: 2 },
  { name: 'Candeth Keep', ns: -87.5, ew: -67, rank: 2 },
  { name: 'Cragstone', ns: 26, ew: 48.4, rank: 1 },
  { name: "Danby's Outpost", ns: 23.2, ew: -29.9, rank: 3 },
  { name: 'Dryreach', ns: -8.1, ew: 74, rank: 2 },
  { name: 'Eastham', ns: 16.9, ew: 63.5, rank: 2 },
  { name: 'Eotensfang', ns: 42.3, ew: 60.5, rank: 3 },
  { name: 'Fort Tethana', ns: 1.7, ew: -71.2, rank: 2 },
  { name: 'Freehold', ns: -73, ew: 92, rank: 3 },
  { name: 'Glenden Wood', ns: 29.7, ew: 26.5, rank: 2 },
  { name: 'Greenspire', ns: 43.2, ew: -66.8, rank: 2 },
  { name: 'Haliana', ns: 73.1, ew: 61, rank: 3 },
  { name: 'Hebian-to', ns: -38.9, ew: 82.6, rank: 1 },
  { name: 'Holtburg', ns: 42.1, ew: 33.6, rank: 1 },
  { name: 'Kara', ns: -83.5, ew: 47.6, rank: 2 },
  { name: 'Khayyaban', ns: -47.4, ew: 25.6, rank: 2 },
  { name: 'Kryst', ns: -74.6, ew: 84.2, rank: 2 },
  { name: 'Lin', ns: -53.9, ew: 74.3, rank: 2 },
  { name: 'Linvak Tukal', ns: -77.8, ew: 28, rank: 2 },
  { name: 'Lytelthorpe', ns: 1.1, ew: 51.7, rank: 2 },
  { name: 'Mayoi', ns: -61.9, ew: 82.5, rank: 2 },
  { name: 'Nanto', ns: -52.2, ew: 82.5, rank: 2 },
  { name: 'Neydisa Castle', ns: 69.5, ew: 17.9, rank: 3 },
  { name: "Oolutanga's Refuge", ns: 2.3, ew: 95.5, rank: 3 },
  { name: 'Plateau', ns: 44.5, ew: -43.1, rank: 2 },
  { name: "Qalaba'r", ns: -74.6, ew: 19.6, rank: 2 },
  { name: 'Redspire', ns: 40.6, ew: -83, rank: 2 },
  { name: 'Rithwic', ns: 10.8, ew: 59.3, rank: 2 },
  { name: 'Samsur', ns: -3.2, ew: 19, rank: 2 },
  { name: 'Sawato', ns: -29.1, ew: 58.9, rank: 2 },
  { name: 'Shoushi', ns: -33.5, ew: 72.8, rank: 1 },
  { name: 'Singularity Caul', ns: -98, ew: -94.7, rank: 3 },
  { name: 'Stonehold', ns: 68.7, ew: -21.8, rank: 2 },
  { name: 'Tou-Tou', ns: -28.1, ew: 95.4, rank: 2 },
  { name: 'Tufa', ns: -14.8, ew: 6.1, rank: 2 },
  { name: "Ulgrim's Island", ns: -94.8, ew: -9.7, rank: 3 },
  { name: 'Uziz', ns: -24.8, ew: 28.4, rank: 2 },
  { name: 'Wai Jhou', ns: -62.1, ew: -51.5, rank: 2 },
  { name: 'Xarabydun', ns: -41.9, ew: 16.1, rank: 2 },
  { name: 'Yanshi', ns: -10.7, ew: 46.5, rank: 2 },
  { name: 'Yaraq', ns: -21.5, ew: -1.8, rank: 1 },
  { name: 'Zaikhal', ns: 13.5, ew: 0.7, rank: 1 },
  { name: 'Silyun', ns: 87.4, ew: -70.5, rank: 2 },
  { name: 'Sanamar', ns: 70, ew: -62.4, rank: 1 },
]
