// Frames in, suits out: as good as an independent solver's, with proof, in turns, and never in anybody's way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import type { Candidate } from '../../../subgraphs/inventory/suit/candidate.ts'
import { oracle } from '../../../subgraphs/inventory/suit/testing/highs.ts'
import { randomWishes } from '../../../subgraphs/inventory/suit/testing/random.ts'
import { familyName } from '../../../shared/world/dereth/spells.ts'
import { maskOf } from '../../../shared/world/dereth/item-slots.ts'
import { drawn, FAMILIES, inputOf, send } from './drawn.ts'

interface Progress {
  phase: string
  status: string | null
  waiting: number
  bound: number | null
  gap: number | null
  candidateCount: number | null
  suit: {
    score: { total: number; floored: number }
    pieces: {
      itemId: string
      item: { id: string } | null
      owner: { name: string }
      places: string[]
      tailored: boolean
      points: number
      pack: string | null
    }[]
    pickups: { character: { name: string }; pieces: { itemId: string }[] }[]
  } | null
  conflict: { isSmallest: boolean; demands: { kind: string; text: string; candidateCount: number }[] } | null
  alternatives: { status: string; bound: number; suit: { score: { total: number }; pieces: { itemId: string }[] } }[]
}
const FIELDS = `phase status waiting bound gap candidateCount conflict { isSmallest demands { kind text candidateCount }
  }
  suit { score { total floored } pieces { itemId item { id } owner { name } places tailored points pack } pickups {
  character { name } pieces { itemId } } }
  alternatives { status bound suit { score { total } pieces { itemId } } }`
const SEARCH = `subscription ($input: SuitInput!) { suitSearch(input: $input) { ${FIELDS} } }`
const ONCE = `query ($input: SuitInput!) { suit(input: $input) { ${FIELDS} } }`

let overlord: TestOverlord
let few: Candidate[]
beforeAll(async () => {
  overlord = await startOverlord()
  few = drawn(1, 160, 'Coldeve', 6)
  await send(overlord, 'Coldeve', few)
  await send(overlord, 'Leafcull', drawn(2, 900, 'Leafcull', 40))
  // Random wishes name it as the wearer: it holds nothing, but a wearer must be known.
  await using plugin = await overlord.plugin('Mule 1')
  plugin.send({ type: 'chat', character_name: 'Mule 1', text: 'here' })
  await until('the wearer to be known', async () => {
    const { errors } = await overlord.graph('{ character(name: "Mule 1") { name } }', {}, { mayFail: true })
    return !errors
  })
})
afterAll(() => overlord?.[Symbol.asyncDispose]())

const search = (input: object) => overlord.feed<Progress>(SEARCH, 'suitSearch', { input })
const isDone = ({ phase }: Progress) => phase === 'DONE'
async function once(input: object) {
  const answer = await overlord.graph<{ suit: Progress }>(ONCE, { input }, { mayFail: true })
  return { suit: answer.data?.suit, code: answer.errors?.[0]?.extensions?.code, message: answer.errors?.[0]?.message }
}
interface FacadeEvent {
  phase?: string
  rank?: number
  score?: number
  items?: { item_id: string | null; slots: string[] }[]
}
const eventsOf = (text: string) =>
  text
    .trim()
    .split('\n\n')
    .map((event) => {
      const [name, data] = event.split('\n')
      return { name: name!.slice('event: '.length), data: JSON.parse(data!.slice('data: '.length)) as FacadeEvent }
    })
const spellNames = FAMILIES.map((family) => familyName(family))
/** So few owners among forty: what stays possible narrows slowly. */
const hard = (seed: number, more: object = {}) => ({
  ...inputOf('Leafcull', { ...randomWishes(seed, FAMILIES), maxOwners: 4, sets: [], floors: {}, locked: [] }),
  onlyUnequipped: false,
  level: null,
  spells: FAMILIES.map((family) => ({ family })),
  timeLimitSeconds: 60,
  ...more,
})

describe('suits', () => {
  it('[SUI6] among reported items have the value that an independent solver finds; the stream ends with proof', async () => {
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
          : { status: 'OPTIMAL', bound: expected, gap: 0, candidateCount: expect.any(Number), conflict: null },
      )
      if (!done.suit) continue
      possible++
      expect(done.suit.score.floored).toBe(Math.floor(expected!))
      for (const { itemId, item, owner, pack } of done.suit.pieces) {
        expect(item?.id).toBe(itemId)
        expect(few.find(({ id }) => id === itemId)!.owner).toBe(owner.name)
        expect(['Body', 'Main pack']).toContain(pack)
      }
      const fetched = done.suit.pickups.flatMap(({ pieces }) => pieces.map(({ itemId }) => itemId))
      const others = done.suit.pieces.filter(({ owner }) => owner.name !== 'Coldeve 1').map(({ itemId }) => itemId)
      expect(fetched.sort()).toEqual(others.sort())
    }
    expect(possible).toBeGreaterThan(4)
  })

  it('[SUI7] that cannot be had are refused with demands that do not go together', async () => {
    const { suit } = await once({
      server: 'Coldeve',
      sets: [
        { setName: "adept's set", pieces: 5 },
        { setId: 99, pieces: 1 },
      ],
      spells: [{ name: 'Focus', atLeast: 'MINOR' }],
    })
    expect(suit).toMatchObject({ status: 'INFEASIBLE', suit: null })
    expect(suit!.conflict).toMatchObject({
      isSmallest: true,
      demands: [{ kind: 'SET', candidateCount: 0, text: expect.stringMatching(/^1 pieces of .*, 0 items there$/) }],
    })
    const locked = await once({ server: 'Coldeve', locked: [{ item: 'Coldeve:1' }] })
    expect(locked.suit!.conflict!.demands).toMatchObject([{ kind: 'LOCK', candidateCount: 0 }])
  })

  it('[SUI8] are asked for within limits; what does not fit is refused by name', async () => {
    const input = { server: 'Coldeve' }
    const many = (count: number) => Array.from({ length: count }, (_, n) => `${n}`)
    for (const [what, bad] of Object.entries({
      server: { server: '' },
      characters: { characters: many(501) },
      excluded: { excluded: many(501) },
      locked: { locked: [{ item: 'a' }, { item: 'a' }] },
      spells: { spells: [{ family: FAMILIES[0] }, { family: FAMILIES[0] }] },
      'number 1': { spells: [{ family: 1 }] },
      family: { spells: [{}] },
      called: { spells: [{ name: 'Nonsense' }] },
      weight: { spells: [{ family: FAMILIES[0], weight: 1e9 }] },
      sets: { sets: [{ setId: 1 }, { setId: 2 }, { setId: 3 }] },
      pieces: { sets: [{ setId: 1, pieces: -1 }] },
      points: { sets: [{ setId: 1, points: [] }] },
      armor: { weights: { armor: -1 } },
      level: { level: 0 },
      maxOwners: { maxOwners: 0 },
      maxTailored: { maxTailored: 19 },
      floors: { floors: [{ place: 'HEAD' }, { place: 'HEAD' }] },
      critDamage: { critDamage: [-1] },
      alternatives: { alternatives: 10 },
      swaps: { swaps: 1 },
      timeLimitSeconds: { timeLimitSeconds: 61 },
    })) {
      const { code, message } = await once({ ...input, ...bad })
      expect({ what, code, message }).toEqual({ what, code: 'BAD_USER_INPUT', message: expect.stringContaining(what) })
      const feed = search({ ...input, ...bad })
      await expect(feed.find(() => true)).rejects.toThrow('BAD_USER_INPUT')
    }
    const stranger = await overlord.graph(ONCE, { input }, { mayFail: true, headers: {} })
    expect(stranger.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  })

  it('[SUI9] are searched for one at a time; who leaves makes room, others are answered, a queue is limited', async () => {
    await using first = search(hard(1))
    await first.find(({ phase, suit }) => phase === 'SEARCHING' && suit !== null)
    await using second = search(hard(2))
    await second.find(({ phase, waiting }) => phase === 'QUEUED' && waiting === 1)
    const { data } = await overlord.graph<{ items: { totalCount: number } }>('{ items(first: 1) { totalCount } }')
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

  it('[SUI10] out of time are sent with the bound on what is still possible', async () => {
    await using feed = search(hard(1, { timeLimitSeconds: 1 }))
    const done = await feed.find(isDone)
    expect(done.status).toBe('STOPPED')
    expect(done.suit!.score.total).toBeLessThan(done.bound!)
    expect(done.gap).toBeCloseTo(done.bound! - done.suit!.score.total, 2)
  })

  it('[SUI12] come with what the wearer wears now, and the single pieces that would better it', async () => {
    const query = `query ($input: SuitInput!) { suit(input: $input) { suit { score { total } }
      worn { suit { score { total } pieces { item { equipped character { name } } } } swaps { gain on { owner { name } }
      off { itemId } } } } }`
    type Asked = {
      suit: {
        suit: { score: { total: number } }
        worn: { suit: { score: { total: number }; pieces: { item: object }[] }; swaps: { gain: number }[] }
      }
    }
    const input = { server: 'Coldeve', wearer: 'Coldeve 1', swaps: 5, spells: FAMILIES.map((family) => ({ family })) }
    const { data } = await overlord.graph<Asked>(query, { input })
    const { suit, worn } = data.suit
    expect(worn.suit.pieces.length).toBeGreaterThan(0)
    for (const { item } of worn.suit.pieces) expect(item).toEqual({ equipped: true, character: { name: 'Coldeve 1' } })
    expect(worn.swaps).toHaveLength(5)
    for (const { gain } of worn.swaps)
      expect(worn.suit.score.total + gain).toBeLessThanOrEqual(suit.score.total + 0.001)
  })

  it('[SUI13] are sent by the Legacy API with the original’s score and events, each worth no more than before', async () => {
    const post = (body: object, headers: Record<string, string> = { authorization: `Bearer ${overlord.token}` }) =>
      fetch(`${overlord.url}/suitbuilder/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    const neck = few.find(({ slots }) => slots === maskOf(['NECK']))!
    const asked = {
      primary_set: "Adept's Set",
      secondary_set: 13,
      required_spells: ['Legendary Focus', 'Strength'],
      max_results: 3,
      locked_slots: { Neck: { item_id: neck.id } },
    }
    const answer = await post(asked)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const events = eventsOf(await answer.text())
    const of = (wanted: string) => events.filter(({ name }) => name === wanted).map(({ data }) => data)
    expect(of('phase').map(({ phase }) => phase)).toEqual(['queued', 'reading', 'searching', 'alternatives', 'done'])
    expect(events.at(-1)).toMatchObject({ name: 'complete', data: { status: 'OPTIMAL', suits: 3, conflict: null } })
    const suits = of('suit')
    const better = suits.filter(({ rank }) => rank === 1).map(({ score }) => score!)
    expect(better).toEqual([...better].sort((a, b) => a - b))
    const last = [better.at(-1)!, ...suits.filter(({ rank }) => rank! > 1).map(({ score }) => score!)]
    expect(suits.filter(({ rank }) => rank! > 1).map(({ rank }) => rank)).toEqual([2, 3])
    expect(last).toEqual([...last].sort((a, b) => b - a))
    for (const { items } of suits) expect(items!.some(({ item_id: id }) => id === neck.id)).toBe(true)
    expect(suits[0]!.items![0]).toEqual({
      item_id: expect.any(String),
      name: expect.any(String),
      character_name: expect.any(String),
      set_name: expect.toBeOneOf([null, expect.any(String)]),
      slots: expect.any(Array),
      tailored: expect.any(Boolean),
      points: expect.any(Number),
      pack: expect.any(String),
    })
    expect(of('progress').at(-1)).toMatchObject({
      gap: expect.any(Number),
      bound: expect.any(Number),
      elapsed_ms: expect.any(Number),
    })
    expect((await post({ ...asked, required_spells: ['Nonsense'] })).status).toBe(400)
    expect((await post({ ...asked, locked_slots: { Tail: { item_id: 1 } } })).status).toBe(400)
    expect((await post(asked, {})).status).toBe(401)
    const sets = (await (
      await fetch(`${overlord.url}/suitbuilder/sets`, { headers: { authorization: `Bearer ${overlord.token}` } })
    ).json()) as { sets: object[] }
    expect(sets.sets.length).toBeGreaterThan(2)
    const characters = await fetch(`${overlord.url}/suitbuilder/characters`, {
      headers: { authorization: `Bearer ${overlord.token}` },
    })
    expect(await characters.json()).toMatchObject({ total_characters: 46 })
  })

  it('[SUI13] count what a locked slot brings where only set and spells are known, and look for nothing there', async () => {
    const asked = { primary_set: 14, required_spells: ['Legendary Focus'], max_results: 1 }
    const post = async (locked_slots: object) => {
      const answer = await fetch(`${overlord.url}/suitbuilder/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${overlord.token}` },
        body: JSON.stringify({ ...asked, locked_slots }),
      })
      const text = await answer.text()
      const suits = answer.ok ? eventsOf(text).filter(({ name }) => name === 'suit') : []
      return { status: answer.status, suit: suits.at(-1)?.data }
    }
    const given = { Head: { set_id: 14, spells: ['Legendary Focus'] }, 'Left Ring': {} }
    const { suit } = await post(given)
    const at = (slot: string) => suit!.items!.filter(({ slots }) => slots.includes(slot))
    expect(at('HEAD')).toMatchObject([{ item_id: null, character_name: null, name: 'Head', slots: ['HEAD'] }])
    expect(at('FINGER').filter(({ item_id: id }) => id === null)).toHaveLength(1)
    const bare = await post({ Head: {}, 'Left Ring': {} })
    expect(suit!.score!).toBeGreaterThanOrEqual(bare.suit!.score!)
    expect((await post({ Head: { spells: ['Nonsense'] } })).status).toBe(400)
  })

  it('[SUI13] are sent during the search, and a client that disconnects ends it', async () => {
    const leaving = new AbortController()
    const answer = await fetch(`${overlord.url}/suitbuilder/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${overlord.token}` },
      body: JSON.stringify({
        server: 'Leafcull',
        primary_set: 13,
        secondary_set: 14,
        required_spells: spellNames,
        max_results: 10,
        time_limit: 60,
      }),
      signal: leaving.signal,
    })
    let text = ''
    const reader = answer.body!.getReader()
    while (!text.includes('event: suit')) text += new TextDecoder().decode((await reader.read()).value)
    leaving.abort()
    await using next = search({ server: 'Coldeve', timeLimitSeconds: 1 })
    expect((await next.find(isDone)).status).toBe('OPTIMAL')
  })

  it('[SUI15] of two who ask the same at once are searched for separately, and each stream completes at its end', async () => {
    await using first = search(hard(1))
    await first.find(({ phase }) => phase === 'SEARCHING')
    await using second = search(hard(1))
    await second.find(({ phase, waiting }) => phase === 'QUEUED' && waiting === 1)
    await first[Symbol.asyncDispose]()
    await second.find(({ phase }) => phase === 'SEARCHING')
    await second[Symbol.asyncDispose]()
    await using third = search({ server: 'Coldeve', spells: [{ name: 'Focus' }] })
    await third.find(isDone)
    await until('the stream to complete', () => third.ended() === 'complete')
    expect(third.seen.filter(isDone)).toHaveLength(1)
  })

  it('[SUI15] asked for by one person wait five at most, as streams as well as at once', async () => {
    await using first = search(hard(1))
    await first.find(({ phase }) => phase === 'SEARCHING')
    const feeds = Array.from({ length: 6 }, (_, n) => search(hard(1, { differBy: n + 1 })))
    await until('one of six to be refused', () => feeds.filter((feed) => feed.ended() !== null).length === 1)
    expect(JSON.stringify(feeds.map((feed) => feed.ended()))).toContain('TOO_MANY_STREAMS')
    for (const feed of feeds) await feed[Symbol.asyncDispose]()
  })

  it('[SUI14] for several at once wear no item twice, and list the items to hand over', async () => {
    const wearers = [{ wearer: 'Coldeve 1' }, { wearer: 'Coldeve 2', weight: 2 }]
    const wishes = {
      server: 'Coldeve',
      spells: FAMILIES.slice(0, 6).map((family) => ({ family })),
      timeLimitSeconds: 15,
    }
    const fields = `phase status total bound gap suits { wearer { name } score { total } pieces { itemId owner { name }
      } }
      pickups { character { name } handovers { to { name } piece { itemId owner { name } } } } conflicts { wearer { name
      } conflict { demands { kind } } }`
    type Joint = {
      phase: string
      status: string
      total: number
      bound: number
      gap: number
      suits: {
        wearer: { name: string }
        score: { total: number }
        pieces: { itemId: string; owner: { name: string } }[]
      }[]
      pickups: {
        character: { name: string }
        handovers: { to: { name: string }; piece: { itemId: string; owner: { name: string } } }[]
      }[]
      conflicts: { wearer: { name: string }; conflict: { demands: { kind: string }[] } }[]
    }
    const stream = `subscription ($input: JointSuitInput!) { jointSuitSearch(input: $input) { ${fields} } }`
    const joint = (input: object) => overlord.feed<Joint>(stream, 'jointSuitSearch', { input })
    await using feed = joint({ wishes, wearers })
    const done = await feed.find(({ phase }) => phase === 'DONE', 30_000)
    expect(done.suits.map(({ wearer }) => wearer.name)).toEqual(['Coldeve 1', 'Coldeve 2'])
    const [one, two] = done.suits
    expect(done.total).toBeCloseTo(one!.score.total + 2 * two!.score.total, 2)
    expect(done.bound).toBeGreaterThanOrEqual(done.total)
    const worn = done.suits.flatMap(({ pieces }) => pieces.map(({ itemId }) => itemId))
    expect(new Set(worn).size).toBe(worn.length)
    const handed = done.pickups.flatMap(({ character, handovers }) =>
      handovers.map(({ piece, to }) => [character.name, piece.itemId, to.name]),
    )
    const due = done.suits.flatMap(({ wearer, pieces }) =>
      pieces
        .filter(({ owner }) => owner.name !== wearer.name)
        .map(({ itemId, owner }) => [owner.name, itemId, wearer.name]),
    )
    expect(handed.sort()).toEqual(due.sort())
    await until('the stream to complete', () => feed.ended() === 'complete')

    const once = `query ($input: JointSuitInput!) { jointSuits(input: $input) { ${fields} } }`
    const impossible = await overlord.graph<{ jointSuits: Joint }>(once, {
      input: { wishes: { ...wishes, sets: [{ setId: 99, pieces: 1 }] }, wearers },
    })
    expect(impossible.data.jointSuits).toMatchObject({
      status: 'INFEASIBLE',
      suits: [],
      conflicts: [{ wearer: { name: 'Coldeve 1' }, conflict: { demands: [{ kind: 'SET' }] } }, {}],
    })
    for (const [what, bad] of Object.entries({
      wearers: { wishes, wearers: wearers.slice(1) },
      swaps: { wishes: { ...wishes, swaps: 1 }, wearers },
      server: { wishes, wearers: [wearers[0], { wearer: 'x', wishes: { ...wishes, server: 'Leafcull' } }] },
      weight: { wishes, wearers: [wearers[0], { wearer: 'x', weight: 11 }] },
      locked: { wishes: { ...wishes, locked: [{ item: 'Coldeve:1' }] }, wearers },
    })) {
      const refused = await overlord.graph(once, { input: bad }, { mayFail: true })
      expect(refused.errors?.[0]).toMatchObject({
        message: expect.stringContaining(what),
        extensions: { code: 'BAD_USER_INPUT' },
      })
    }
  })

  it('[SUI16] come with what supposed items would gain: as much as a new search with them', async () => {
    const query = `query ($input: SuitInput!) { suit(input: $input) { suit { score { total } } gains { hypothetical name
      status gain atMost
      suit { score { total } pieces { itemId name item { id } owner { name } } } } } }`
    type Asked = {
      suit: {
        suit: { score: { total: number } }
        gains: {
          hypothetical: number
          name: string
          status: string
          gain: number
          atMost: number
          suit: {
            score: { total: number }
            pieces: { itemId: string; name: string; item: object | null; owner: { name: string } }[]
          }
        }[]
      }
    }
    const wanted = { server: 'Coldeve', wearer: 'Coldeve 1', spells: FAMILIES.map((family) => ({ family })) }
    const narrow = { ...wanted, characters: ['Coldeve 1', 'Coldeve 2'] }
    const outside = few.find(({ owner, slots }) => owner === 'Coldeve 3' && slots === 1)!
    const { data } = await overlord.graph<Asked>(query, {
      input: {
        ...narrow,
        hypothetical: [
          { item: outside.id },
          { name: 'Dream Helm', places: ['HEAD'], armorLevel: 4_000, cantrips: [{ family: FAMILIES[0] }] },
          { item: 'Coldeve:1' },
        ],
      },
    })
    const { suit, gains } = data.suit
    expect(gains.map(({ hypothetical }) => hypothetical).sort()).toEqual([0, 1])
    expect(gains[0]).toMatchObject({ name: 'Dream Helm', status: 'OPTIMAL' })
    for (const gain of gains) {
      expect(gain.gain).toBeGreaterThanOrEqual(0)
      expect(gain.gain).toBe(gain.atMost)
      expect(gain.suit.score.total).toBeCloseTo(suit.score.total + gain.gain, 2)
    }
    const dream = gains[0]!.suit.pieces.find(({ itemId }) => itemId === 'described:hypothetical:1')
    expect(dream).toMatchObject({ name: 'Dream Helm', item: null, owner: { name: 'Coldeve 1' } })
    const { suit: repeated } = await once({
      ...narrow,
      spells: wanted.spells,
      characters: ['Coldeve 1', 'Coldeve 2', 'Coldeve 3'],
      excluded: few.filter(({ id, owner }) => owner === 'Coldeve 3' && id !== outside.id).map(({ id }) => id),
    })
    expect(gains[1]!.suit.score.total).toBe(repeated!.suit!.score.total)
  })

  it('[SUI17] locked, swapped or without one piece begin where the search before ended, and are the best', async () => {
    const wanted = { server: 'Coldeve', spells: FAMILIES.map((family) => ({ family })) }
    const { suit: best } = await once(wanted)
    const [first, second] = best!.suit!.pieces
    const { suit: without } = await once({ ...wanted, excluded: [first!.itemId] })
    expect(without!.status).toBe('OPTIMAL')
    expect(without!.suit!.pieces.map(({ itemId }) => itemId)).not.toContain(first!.itemId)
    expect(without!.suit!.score.total).toBeLessThanOrEqual(best!.suit!.score.total)
    const { suit: locked } = await once({ ...wanted, locked: [{ item: second!.itemId, places: second!.places }] })
    expect(locked!.suit!.score.total).toBe(best!.suit!.score.total)
    for (const preset of ['STAT_POINTS', 'PUBLISHED_SCORE', 'ARMOR_FIRST', 'DAMAGE_FIRST'])
      expect((await once({ ...wanted, preset })).suit!.status).toBe('OPTIMAL')
  })

  it('[SUI11] come with others that differ in as many pieces as asked, the best first', async () => {
    const { suit } = await once({
      server: 'Coldeve',
      alternatives: 3,
      differBy: 4,
      spells: [{ name: 'Legendary Focus' }],
    })
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
