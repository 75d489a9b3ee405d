// The oracle: the same question as a linear program in whole numbers, for a solver that knows nothing of ours.
import highs from 'highs'
// It is written for CommonJS: its types say otherwise.
const loadHighs = highs as unknown as typeof highs.default
import type { Candidate } from '../candidate.ts'
import { isUsable } from '../worth.ts'
import { capacityOf, SUIT_PLACES, waysToWear } from '../places.ts'
import { scoreOf } from '../verify.ts'
import { WISH_TIERS, type Wishes } from '../wishes.ts'

const sum = (terms: readonly string[]) =>
  terms.reduce((text, term, n) => text + (n ? (n % 20 ? ' + ' : ' +\n') : '') + term, '') || '0 nothing'

interface Rows {
  goal: string[]
  rows: string[]
  whole: string[]
  /** The names of what wears each item. */
  wears: ReadonlyMap<string, readonly string[]>
}

/** One suit's part of a program; `own` ends all its names. Values are hundredths of points, times the weight. */
// eslint-disable-next-line max-lines-per-function -- rows number the variables that others name
function rowsOf(candidates: readonly Candidate[], wishes: Wishes, own = '', times = 1): Rows {
  const plain: Wishes = { ...wishes, spells: [], sets: [] }
  const locks = new Map(wishes.locked.map((lock) => [lock.item, lock]))
  const worn: { name: string; candidate: Candidate; places: readonly string[]; tailored: boolean }[] = []
  const goal: string[] = []
  for (const candidate of candidates) {
    const lock = locks.get(candidate.id)
    if (!lock && !isUsable(candidate, wishes)) continue
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      if (lock?.places && [...lock.places].sort().join() !== [...way.places].sort().join()) continue
      if (way.places.some((place) => (wishes.floors[place] ?? -1) > Math.max(0, candidate.armorLevel))) continue
      const name = `x${worn.length}${own}`
      worn.push({ name, candidate, ...way })
      goal.push(`${times * Math.round(scoreOf([{ candidate, ...way }], plain).total * 100)} ${name}`)
    }
  }
  const rows: string[] = []
  const whole = worn.map(({ name }) => name)
  const namesOf = (isOne: (one: (typeof worn)[number]) => boolean) => worn.filter(isOne).map(({ name }) => name)
  for (const place of SUIT_PLACES)
    rows.push(`${sum(namesOf(({ places }) => places.includes(place)))} <= ${capacityOf(place)}`)
  for (const candidate of new Set(worn.map((one) => one.candidate)))
    rows.push(`${sum(namesOf((one) => one.candidate === candidate))} <= 1`)
  for (const place of Object.keys(wishes.floors))
    rows.push(`${sum(namesOf(({ places }) => places.includes(place)))} >= 1`)
  for (const { item } of wishes.locked) rows.push(`${sum(namesOf(({ candidate }) => candidate.id === item))} >= 1`)
  if (wishes.maxTailored !== null) rows.push(`${sum(namesOf(({ tailored }) => tailored))} <= ${wishes.maxTailored}`)
  if (wishes.maxOwners !== null) {
    const owners = [...new Set(worn.map(({ candidate }) => candidate.owner))]
    owners.forEach((owner, n) => {
      whole.push(`o${n}${own}`)
      for (const name of namesOf(({ candidate }) => candidate.owner === owner)) rows.push(`o${n}${own} - ${name} >= 0`)
    })
    rows.push(`${sum(owners.map((_, n) => `o${n}${own}`))} <= ${wishes.maxOwners}`)
  }
  wishes.spells.forEach(({ family, atLeast, weight, required: must }, n) => {
    let before = 0
    for (let tier = WISH_TIERS.indexOf(atLeast); tier < WISH_TIERS.length; tier++) {
      const points = Math.max(before, Math.round(weight * wishes.weights.tiers[WISH_TIERS[tier]!] * 100))
      const name = `y${n}t${tier}${own}`
      goal.push(`${times * (points - before)} ${name}`)
      before = points
      const bringing = namesOf(({ candidate }) =>
        candidate.cantrips.some(
          (one) => one.family === family && WISH_TIERS.findIndex((it) => it === one.tier) >= tier,
        ),
      )
      whole.push(name)
      rows.push(bringing.length ? `${sum(bringing)} - ${name} >= 0` : `${name} <= 0`)
      if (must && tier === WISH_TIERS.indexOf(atLeast)) rows.push(`${name} >= 1`)
    }
  })
  wishes.sets.forEach(({ id, pieces, points }, n) => {
    const own = namesOf(
      ({ candidate, places }) => candidate.setId === id && SUIT_PLACES.indexOf(places[0] as never) < 9,
    )
    const counts = Array.from({ length: 10 }, (_, count) => `z${n}n${count}${own}`)
    counts.forEach((name, count) => {
      whole.push(name)
      goal.push(`${times * Math.round((points[Math.min(count, points.length - 1)] ?? 0) * 100)} ${name}`)
    })
    rows.push(`${sum(counts)} = 1`)
    rows.push(
      `${own.length ? sum(own) : '0 nothing'} ${counts.map((name, count) => `- ${count} ${name}`).join(' ')} = 0`,
    )
    if (pieces) rows.push(`${sum(own)} >= ${pieces}`)
  })
  const wears = new Map<string, string[]>()
  for (const { name, candidate } of worn) wears.set(candidate.id, [...(wears.get(candidate.id) ?? []), name])
  return { goal, rows, whole, wears }
}

/** The program, in the LP format. */
function programOf({ goal, rows, whole }: Omit<Rows, 'wears'>): string {
  const objective = sum(goal).replaceAll('+ -', '- ').replaceAll('+\n-', '\n- ')
  return [
    'Maximize',
    ` obj: ${objective || '0 nothing'}`,
    'Subject To',
    rows.map((row, n) => `r${n}: ${row}`).join('\n'),
    'Bounds\n0 <= nothing <= 0\nBinary',
    whole.join('\n'),
    'End\n',
  ].join('\n')
}

/** What the best suit is worth in points; null when there is none. */
export async function oracle(candidates: readonly Candidate[], wishes: Wishes): Promise<number | null> {
  const value = await solved(programOf(rowsOf(candidates, wishes)))
  return value === null ? null : value / 100
}

/** What the best suits of several are worth together, each times its weight in tenths, when no item is worn twice. */
export async function jointOracle(
  wearers: readonly { candidates: readonly Candidate[]; wishes: Wishes; weight: number }[],
): Promise<number | null> {
  const parts = wearers.map(({ candidates, wishes, weight }, k) => rowsOf(candidates, wishes, `w${k}`, weight))
  const ids = new Set(parts.flatMap(({ wears }) => [...wears.keys()]))
  const once = [...ids].map((id) => `${sum(parts.flatMap(({ wears }) => wears.get(id) ?? []))} <= 1`)
  const all = (of: (part: Rows) => string[]) => parts.flatMap(of)
  const value = await solved(
    programOf({
      goal: all(({ goal }) => goal),
      rows: [...all(({ rows }) => rows), ...once],
      whole: all(({ whole }) => whole),
    }),
  )
  return value === null ? null : value / 1_000
}

async function solved(program: string): Promise<number | null> {
  const highs = await loadHighs() // it does not recover from its own faults: a fresh one each time
  const { Status, ObjectiveValue } = highs.solve(program, { mip_rel_gap: 0, mip_abs_gap: 0.5, output_flag: false })
  if (Status === 'Infeasible') return null
  if (Status !== 'Optimal') throw new Error(`HiGHS says ${Status}`)
  return Math.round(ObjectiveValue)
}
