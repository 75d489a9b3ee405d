// How often equipment was met with which workmanship, spells, set, tinkering, imbue and rating: `value*times`.

/** The kinds of equipment that have odds of their own. */
export type Group = 'armor' | 'underclothes' | 'jewelry' | 'melee' | 'missile' | 'caster' | 'cloak'

/** A value with how often it was met. */
export interface Odd {
  value: number
  weight: number
}

/** The share of equipment not appraised yet. */
export const UNAPPRAISED = 0.22

const read = (list: string): Odd[] =>
  list.split(' ').map((word) => ({ value: Number(word.split('*')[0]), weight: Number(word.split('*')[1]) }))

const readTiers = (list: string) =>
  list.split(' ').map((word) => {
    const [tiers, weight] = word.split('*') as [string, string]
    return { tiers: tiers === 'none' ? [] : tiers.split(',').map(Number), weight: Number(weight) }
  })

/** Workmanship of loot. */
export const workmanship = read('1*131 2*293 3*296 4*696 5*1242 6*4497 7*4607 8*4472 9*2076 10*406')

/** How many ordinary buffs a piece carries. */
export const buffCount: Record<Group, Odd[]> = {
  armor: read('3*2459 2*2241 4*1361 1*717 5*382 0*345 6*82 7*10 8*1 9*1'),
  underclothes: read('1*1248 2*178 0*9 3*7'),
  jewelry: read('1*2731 2*318 4*91 3*21 0*19 5*9 6*2'),
  melee: read('2*835 3*668 1*316 0*236 4*225 5*26'),
  missile: read('2*560 3*360 1*262 0*158 4*72'),
  caster: read('3*620 4*408 2*406 0*172 5*90 1*1'),
  cloak: read('0*865'),
}

/** Which cantrips a piece carries, by tier. */
export const cantripTiers: Record<Group, ReturnType<typeof readTiers>> = {
  armor: readTiers('8*2885 none*979 7*775 8,6*594 6*567 8,7*552 2*257 8,8*180 7,6*171 7,7*109 6,6*79 6,2*70'),
  underclothes: readTiers('8*525 none*209 7*134 8,7*108 6*103 8,6*91 8,8*75 7,6*32 7,7*25 2*23 6,6*21 6,2*19'),
  jewelry: readTiers('8*1348 none*448 6*249 8,6*234 8,7*232 8,8*168 7*136 2*59 6,2*57 6,6*36 7,6*29 8,8,7*24'),
  melee: readTiers('none*535 8*530 7*328 6*243 8,7*128 8,6*105 7,6*103 2*78 7,7*73 6,6*44 6,2*24 8,8*20'),
  missile: readTiers('none*310 7*292 8*233 6*182 7,6*76 8,7*69 7,7*59 2*56 8,6*52 6,6*22 2,2*11 6,2*9'),
  caster: readTiers('none*587 7*320 6*258 8*174 7,6*65 2*63 6,6*49 8,7*37 7,7*36 8,6*33 2,2*14 6,2*14'),
  cloak: readTiers('none*865'),
}

/** Times tinkered. */
export const tinks: Record<Group, Odd[]> = {
  armor: read('0*6438 10*831 9*82 7*64 8*39 6*36 5*31 4*28 1*19 3*17 2*14'),
  underclothes: read('0*1439 1*2 3*1'),
  jewelry: read('0*2989 3*109 1*75 2*10 4*4 5*2 6*1 9*1'),
  melee: read('0*1930 10*196 1*79 7*24 6*22 5*19 8*13 9*13 4*5 2*3 3*2'),
  missile: read('0*965 10*289 1*80 5*15 2*12 7*11 4*9 3*8 6*8 9*8 8*7'),
  caster: read('0*1188 10*328 1*65 8*20 9*17 2*16 6*15 3*14 7*14 4*13 5*7'),
  cloak: read('0*865'),
}

/** Equipment sets; 0 is none. */
export const sets: Partial<Record<Group, Odd[]>> = {
  armor: read(
    '0*3027 16*1054 21*774 14*768 20*449 19*436 17*112 15*104 13*103 25*94 28*86 27*86 23*85 26*82 29*80 24*78 18*64 22*59 30*58',
  ),
  cloak: read(
    '68*75 71*65 90*60 54*41 51*37 50*36 81*35 53*33 58*29 49*28 80*26 88*25 65*24 59*22 72*20 55*20 56*20 52*19 76*19 78*19',
  ),
}

/** Imbue flags of what was tinkered ten times. */
export const imbues: Partial<Record<Group, Odd[]>> = {
  armor: read('4096*306 1024*27'),
  jewelry: read('8192*157'),
  melee: read('8*53 512*51 4*46 256*41 128*40 64*35 32*35 16*32 1*22'),
  missile: read('4*68 32*52 512*50 256*45 16*43 8*42 128*37 64*31 1*28 2*14'),
  caster: read('1*135 512*52 32*44 256*40 16*36 128*31 64*27 8*27'),
}

/** Ratings by the game's key. */
export const ratings: Partial<Record<Group, (Odd & { key: number })[]>> = {
  armor: [
    { key: 374, value: 1, weight: 1246 },
    { key: 375, value: 1, weight: 1147 },
    { key: 374, value: 2, weight: 430 },
    { key: 375, value: 2, weight: 206 },
    { key: 379, value: 1, weight: 119 },
    { key: 371, value: 1, weight: 30 },
    { key: 370, value: 1, weight: 30 },
    { key: 374, value: 3, weight: 18 },
    { key: 379, value: 2, weight: 16 },
    { key: 376, value: 2, weight: 13 },
    { key: 375, value: 3, weight: 4 },
  ],
  underclothes: [
    { key: 370, value: 3, weight: 174 },
    { key: 370, value: 1, weight: 133 },
    { key: 371, value: 3, weight: 129 },
    { key: 371, value: 1, weight: 107 },
    { key: 371, value: 2, weight: 85 },
    { key: 370, value: 2, weight: 69 },
  ],
  jewelry: [
    { key: 379, value: 2, weight: 371 },
    { key: 376, value: 2, weight: 327 },
    { key: 379, value: 1, weight: 257 },
    { key: 379, value: 3, weight: 176 },
    { key: 376, value: 3, weight: 165 },
    { key: 376, value: 1, weight: 146 },
  ],
  cloak: [
    { key: 370, value: 2, weight: 72 },
    { key: 370, value: 3, weight: 67 },
    { key: 371, value: 1, weight: 63 },
    { key: 370, value: 1, weight: 49 },
    { key: 371, value: 2, weight: 32 },
    { key: 371, value: 3, weight: 32 },
  ],
}
