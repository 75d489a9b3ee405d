// In-game names: unique, at most 32 characters, some with blanks, apostrophes, hyphens or a home town.
import { towns } from '../../../shared/world/dereth/towns.ts'
import { pick, type Rng } from './chance.ts'

const starts =
  'Ael Ber Bor Cal Cor Dar Dun Ela Far Gal Ger Hal Har Ibn Ish Jal Jor Kal Kel Lir Lor Mal Mir Nar Nuh Olm Orin Pel Qas Rael Rhen Sal Sho Tal Thor Ul Vael Var Wes Xan Yar Zef Zar'.split(
    ' ',
  )
const middles = 'a e i o u ae ia or an el ir ath und emi ova'.split(' ')
const ends =
  'ric wyn dan mir ra ron bar eth iel lin gar dor san jin tau shi ko ni das mon ker vis thas lia na ria beth wen ka zu'.split(
    ' ',
  )
const bynames = [
  'the Grim',
  'the Tinker',
  'the Archer',
  'the Reckless',
  'the Wanderer',
  'Blackfire',
  'Stonehand',
  'of the Vale',
]
const shoFirst = 'Bo Lin Jin Ko Mei Shan Tou Wai Xi Yan Zhen Hua'.split(' ')

function oneName(rng: Rng): string {
  const root = pick(rng, starts) + (rng() < 0.6 ? pick(rng, middles) : '') + pick(rng, ends)
  const kind = rng()
  if (kind < 0.6) return root
  if (kind < 0.7) return `${root} of ${pick(rng, towns).name}`
  if (kind < 0.82) return `${root} ${pick(rng, bynames)}`
  if (kind < 0.9)
    return `${pick(rng, ['Al', "D'", 'Bar', 'Ibn'])}${kind < 0.86 ? "'" : '-'}${root}`
      .replace("''", "'")
      .replace("'-", "'")
  return `${pick(rng, shoFirst)}-${pick(rng, ends).replace(/^./, (letter) => letter.toUpperCase())}`
}

/** So many names, no two alike even when case is ignored. */
export function uniqueNames(rng: Rng, count: number): string[] {
  const taken = new Set<string>()
  const names: string[] = []
  while (names.length < count) {
    const name = oneName(rng)
    // The client shows at most 32 characters; a town's name can overrun that.
    if (name.length > 32 || taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    names.push(name)
  }
  return names
}
