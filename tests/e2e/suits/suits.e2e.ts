// Frames in, suits out: as good as an independent solver's, with proof, in turns, and never in anybody's way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../../../shared/testing/start-house.ts'
import { until } from '../../../shared/testing/until.ts'
import type { Candidate } from '../../../subgraphs/inventory/suit/candidate.ts'
import { oracle } from '../../../subgraphs/inventory/suit/testing/highs.ts'
import { randomWishes } from '../../../subgraphs/inventory/suit/testing/random.ts'
import { drawn, FAMILIES, inputOf, send } from './drawn.ts'

interface Progress {
  phase: string
  status: string | null
  waiting: number
  bound: number | null
  gap: number | null
  candidates: number | null
  suit: {
    score: { total: number; floored: number }
    pieces: { itemId: string; item: { id: string } | null; owner: { name: string }; places: string[]; tailored: boolean; points: number; pack: string | null }[] // prettier-ignore
    errands: { character: { name: string }; pieces: { itemId: string }[] }[]
  } | null
  conflict: { isSmallest: boolean; demands: { kind: string; text: string; there: number }[] } | null
  alternatives: { status: string; bound: number; suit: { score: { total: number }; pieces: { itemId: string }[] } }[]
}
const FIELDS = `phase status waiting bound gap candidates conflict { isSmallest demands { kind text there } }
  suit { score { total floored } pieces { itemId item { id } owner { name } places tailored points pack } errands { character { name } pieces { itemId } } }
  alternatives { status bound suit { score { total } pieces { itemId } } }`
const SEARCH = `subscription ($input: SuitInput!) { suitSearch(input: $input) { ${FIELDS} } }`
const ONCE = `query ($input: SuitInput!) { suit(input: $input) { ${FIELDS} } }`

let house: TestHouse
let few: Candidate[]
beforeAll(async () => {
  house = await startHouse()
  few = drawn(1, 160, 'Coldeve', 6)
  await send(house, 'Coldeve', few)
  await send(house, 'Leafcull', drawn(2, 900, 'Leafcull', 40))
})
afterAll(() => house?.[Symbol.asyncDispose]())

const search = (input: object) => house.feed<Progress>(SEARCH, 'suitSearch', { input })
const isDone = ({ phase }: Progress) => phase === 'DONE'
async function once(input: object) {
  const answer = await house.graph<{ suit: Progress }>(ONCE, { input }, { mayFail: true })
  return { suit: answer.data?.suit, code: answer.errors?.[0]?.extensions?.code, message: answer.errors?.[0]?.message }
}
/** So few owners among forty: what stays possible narrows slowly. */
const hard = (seed: number, more: object = {}) => ({
  ...inputOf('Leafcull', { ...randomWishes(seed, FAMILIES), mostOwners: 4, sets: [], floors: {}, locked: [] }),
  onlyUnequipped: false, level: null, spells: FAMILIES.map((family) => ({ family })), timeLimit: 60, ...more,
}) // prettier-ignore

describe('suits', () => {
  it('[SUI6] found among what frames told are worth what an independent solver finds; the stream ends with the proof', async () => {
    let possible = 0
    for (let seed = 1; seed <= 14; seed++) {
      const wishes = { ...randomWishes(seed, FAMILIES), wearer: 'Coldeve 1' }
      const expected = await oracle(few, wishes)
      await using feed = search(inputOf('Coldeve', wishes))
      const done = await feed.find(isDone)
      expect({ seed, value: done.suit?.score.total ?? null }).toEqual({ seed, value: expected })
      expect(done).toMatchObject(
        expected === null
          ? { status: 'INFEASIBLE', bound: null, gap: null }
          : { status: 'OPTIMAL', bound: expected, gap: 0, candidates: expect.any(Number), conflict: null },
      )
      if (!done.suit) continue
      possible++
      expect(done.suit.score.floored).toBe(Math.floor(expected!))
      for (const { itemId, item, owner, pack } of done.suit.pieces) {
        expect(item?.id).toBe(itemId)
        expect(few.find(({ id }) => id === itemId)!.owner).toBe(owner.name)
        expect(['Body', 'Main pack']).toContain(pack)
      }
      const fetched = done.suit.errands.flatMap(({ pieces }) => pieces.map(({ itemId }) => itemId))
      const others = done.suit.pieces.filter(({ owner }) => owner.name !== 'Coldeve 1').map(({ itemId }) => itemId)
      expect(fetched.sort()).toEqual(others.sort())
    }
    expect(possible).toBeGreaterThan(4)
  })

  it('[SUI7] that cannot be had are refused with demands that do not go together', async () => {
    const { suit } = await once({
      server: 'Coldeve',
      sets: [{ setName: 'adept\'s set', pieces: 5 }, { setId: 99, pieces: 1 }],
      spells: [{ name: 'Focus', atLeast: 'MINOR' }],
    }) // prettier-ignore
    expect(suit).toMatchObject({ status: 'INFEASIBLE', suit: null })
    expect(suit!.conflict).toMatchObject({ isSmallest: true, demands: [{ kind: 'SET', there: 0, text: expect.stringMatching(/^1 pieces of .*, 0 items there$/) }] }) // prettier-ignore
    const locked = await once({ server: 'Coldeve', locked: [{ item: 'Coldeve:1' }] })
    expect(locked.suit!.conflict!.demands).toMatchObject([{ kind: 'LOCK', there: 0 }])
  })

  it('[SUI8] are asked for within limits; what does not fit is refused by name', async () => {
    const input = { server: 'Coldeve' }
    const many = (count: number) => Array.from({ length: count }, (_, n) => `${n}`)
    for (const [what, bad] of Object.entries({
      server: { server: '' },
      characters: { characters: many(501) },
      excluded: { excluded: many(501) },
      locked: { locked: [{ item: 'a' }, { item: 'a' }] },
      spells: { spells: [{ family: 1 }, { family: 1 }] },
      family: { spells: [{}] },
      called: { spells: [{ name: 'Nonsense' }] },
      weight: { spells: [{ family: 1, weight: 1e9 }] },
      sets: { sets: [{ setId: 1 }, { setId: 2 }, { setId: 3 }] },
      pieces: { sets: [{ setId: 1, pieces: -1 }] },
      points: { sets: [{ setId: 1, points: [] }] },
      armor: { weights: { armor: -1 } },
      level: { level: 0 },
      mostOwners: { mostOwners: 0 },
      mostTailored: { mostTailored: 19 },
      floors: { floors: [{ place: 'HEAD' }, { place: 'HEAD' }] },
      critDamage: { critDamage: [-1] },
      alternatives: { alternatives: 10 },
      swaps: { swaps: 1 },
      timeLimit: { timeLimit: 61 },
    })) {
      const { code, message } = await once({ ...input, ...bad })
      expect({ what, code, message }).toEqual({ what, code: 'BAD_USER_INPUT', message: expect.stringContaining(what) })
      const feed = search({ ...input, ...bad })
      await expect(feed.find(() => true)).rejects.toThrow('BAD_USER_INPUT')
    }
    const stranger = await house.graph(ONCE, { input }, { mayFail: true, headers: {} })
    expect(stranger.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  })

  it('[SUI9] are searched for one at a time; who leaves makes room, others are answered meanwhile, and a queue has an end', async () => {
    await using first = search(hard(1))
    await first.find(({ phase, suit }) => phase === 'SEARCHING' && suit !== null)
    await using second = search(hard(2))
    await second.find(({ phase, waiting }) => phase === 'QUEUED' && waiting === 1)
    const { data } = await house.graph<{ items: { totalCount: number } }>('{ items(first: 1) { totalCount } }')
    expect(data.items.totalCount).toBe(1_060)
    const answers: Awaited<ReturnType<typeof once>>[] = []
    for (let n = 0; n < 8; n++)
      void once(inputOf('Coldeve', randomWishes(3, FAMILIES))).then((answer) => answers.push(answer))
    await until('three of eight to be refused', () => answers.length === 3)
    for (const { code } of answers) expect(code).toBe('TOO_MANY_STREAMS')
    await first[Symbol.asyncDispose]()
    await second.find(({ phase }) => phase === 'SEARCHING')
    await second[Symbol.asyncDispose]()
    await until('the others to be answered', () => answers.length === 8)
    for (const { suit } of answers.slice(3)) expect(suit).toMatchObject({ phase: 'DONE' })
  })

  it('[SUI10] whose time is up are told with what could still be possible', async () => {
    await using feed = search(hard(1, { timeLimit: 1 }))
    const done = await feed.find(isDone)
    expect(done.status).toBe('STOPPED')
    expect(done.suit!.score.total).toBeLessThan(done.bound!)
    expect(done.gap).toBeCloseTo(done.bound! - done.suit!.score.total, 2)
  })

  it('[SUI12] come with what the wearer wears now, and the single pieces that would better it', async () => {
    const query = `query ($input: SuitInput!) { suit(input: $input) { suit { score { total } }
      worn { suit { score { total } pieces { item { equipped character { name } } } } swaps { gain on { owner { name } } off { itemId } } } } }`
    type Asked = { suit: { suit: { score: { total: number } }; worn: { suit: { score: { total: number }; pieces: { item: object }[] }; swaps: { gain: number }[] } } } // prettier-ignore
    const input = { server: 'Coldeve', wearer: 'Coldeve 1', swaps: 5, spells: FAMILIES.map((family) => ({ family })) }
    const { data } = await house.graph<Asked>(query, { input })
    const { suit, worn } = data.suit
    expect(worn.suit.pieces.length).toBeGreaterThan(0)
    for (const { item } of worn.suit.pieces) expect(item).toEqual({ equipped: true, character: { name: 'Coldeve 1' } })
    expect(worn.swaps).toHaveLength(5)
    for (const { gain } of worn.swaps)
      expect(worn.suit.score.total + gain).toBeLessThanOrEqual(suit.score.total + 0.001)
  })

  it('[SUI13] are told to who knew the original by its score and its events, each worth no more than the one before', async () => {
    const post = (body: object, headers: Record<string, string> = { authorization: `Bearer ${house.token}` }) =>
      fetch(`${house.url}/suitbuilder/search`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }) // prettier-ignore
    const asked = { primary_set: 'Adept\'s Set', secondary_set: 13, required_spells: ['Legendary Focus', 'Strength'], max_results: 3 } // prettier-ignore
    const answer = await post(asked)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const events = (await answer.text()).trim().split('\n\n').map((event) => {
      const [name, data] = event.split('\n')
      return { name: name!.slice('event: '.length), data: JSON.parse(data!.slice('data: '.length)) as { score: number; items: object[] } }
    }) // prettier-ignore
    expect(events.map(({ name }) => name)).toEqual(['suit', 'suit', 'suit', 'complete'])
    expect(events.at(-1)!.data).toMatchObject({ status: 'OPTIMAL', suits: 3 })
    const scores = events.slice(0, 3).map(({ data }) => data.score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect((await post({ ...asked, required_spells: ['Nonsense'] })).status).toBe(400)
    expect((await post(asked, {})).status).toBe(401)
  })

  it('[SUI11] come with others that differ in as many pieces as asked, the best first', async () => {
    const { suit } = await once({ server: 'Coldeve', alternatives: 3, differBy: 4, spells: [{ name: 'Legendary Focus' }] }) // prettier-ignore
    expect(suit!.alternatives).toHaveLength(3)
    const all = [suit!.suit!, ...suit!.alternatives.map((one) => one.suit)]
    all.forEach((one, n) => {
      const earlier = all.slice(0, n)
      if (n) expect(one.score.total).toBeLessThanOrEqual(all[n - 1]!.score.total)
      for (const { pieces } of earlier) {
        const same = pieces.filter(({ itemId }) => one.pieces.some((piece) => piece.itemId === itemId)).length
        expect(same).toBeLessThanOrEqual(pieces.length - 4)
      }
    })
    expect(suit!.alternatives.map(({ status }) => status)).toEqual(['OPTIMAL', 'OPTIMAL', 'OPTIMAL'])
  })
})
