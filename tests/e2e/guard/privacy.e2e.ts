import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
let owner: TestPerson
let other: TestPerson
let operator: TestPerson
let plugin: TestPlugin
let friend: TestPlugin

beforeAll(async () => {
  overlord = await startOverlord()
  owner = await aPerson(overlord, 'Owner')
  other = await aPerson(overlord, 'Other')
  operator = await aPerson(overlord, 'Helper', 'OPERATOR')
  plugin = await overlord.plugin('Shy')
  friend = await overlord.plugin('Loud')
  await overlord.graph(
    'mutation ($user: ID) { setOwner(input: { character: "Shy", userId: $user }) { ownership { username } } }',
    { user: owner.id },
  )
  // Who owns something is somebody else to the gateway from the next question on.
})
afterAll(async () => {
  for (const one of [owner, other, operator]) await one[Symbol.asyncDispose]()
  await plugin[Symbol.asyncDispose]()
  await friend[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

const asToken = <T>(query: string) =>
  overlord.graph<T>(query, {}, { headers: { authorization: `Bearer ${overlord.token}` }, mayFail: true })
const show = (placeShown: string) =>
  overlord.graph(
    `mutation ($p: PlaceShown!) {
      setPlaceShown(input: { character: "Shy", placeShown: $p }) { ownership { placeShown } }
    }`,
    {
      p: placeShown,
    },
  )

describe('the owner of a character', () => {
  it('admins say; its owner sees it among their own', async () => {
    for (const person of [owner, other, operator])
      expect(await person.code('mutation { setOwner(input: { character: "Loud" }) { ownership { username } } }')).toBe(
        'FORBIDDEN',
      )
    expect((await owner.graph('{ myCharacters { character { name } username placeShown } }')).data).toEqual({
      myCharacters: [{ character: { name: 'Shy' }, username: 'Owner', placeShown: 'EXACT' }],
    })
    expect((await other.graph('{ myCharacters { username } }')).data).toEqual({ myCharacters: [] })
    expect(await other.code('{ ownerships { totalCount } }')).toBe('FORBIDDEN')
    expect((await overlord.graph('{ ownerships { totalCount nodes { character { name } } } }')).data).toEqual({
      ownerships: { totalCount: 1, nodes: [{ character: { name: 'Shy' } }] },
    })
  })

  it.each([
    ['mutation { setOwner(input: { character: "Shy", userId: "nonsense" }) { ownership { username } } }', 'NOT_FOUND'],
    [
      `mutation {
        setOwner(input: { character: "Shy", userId: "11111111-1111-4111-8111-111111111111" }) { ownership { username } }
      }`,
      'NOT_FOUND',
    ],
    ['mutation { setOwner(input: { character: "" }) { ownership { username } } }', 'BAD_USER_INPUT'],
  ])('is not said of nobody: %s', async (query, code) => {
    expect((await overlord.graph(query, {}, { mayFail: true })).errors?.[0]?.extensions?.code).toBe(code)
  })
})

interface Line {
  text: string
}
const CHAT = '{ chat { nodes { text } } }'
const texts = ({ data }: { data: { chat: { nodes: Line[] } } }) => data.chat.nodes.map(({ text }) => text)

describe('private messages', () => {
  it('reach only the character’s owner and admins, by query and subscription; without an owner, admins', async () => {
    const FEED = 'subscription { chatReceived { text } }'
    await using own = owner.feed<Line>(FEED, 'chatReceived')
    await using foreign = other.feed<Line>(FEED, 'chatReceived')
    await using helping = operator.feed<Line>(FEED, 'chatReceived')
    await using program = overlord.feed<Line>(FEED, 'chatReceived')
    const say = (from: TestPlugin, character_name: string, text: string) =>
      from.send({ type: 'chat', character_name, text })
    await until('everybody to listen', () => {
      say(friend, 'Loud', 'Loud says, "is this on?"')
      return [own, foreign, helping, program].every(({ seen }) => seen.length > 0)
    })
    say(plugin, 'Shy', 'Loud tells you, "the secret of Shy"')
    say(friend, 'Loud', 'You tell Shy, "the secret of Loud"')
    say(friend, 'Loud', 'Loud says, "last"')
    say(plugin, 'Shy', 'Shy says, "last of Shy"')
    for (const feed of [own, foreign, helping, program])
      for (const mark of ['"last"', '"last of Shy"']) await feed.find(({ text }) => text.includes(mark))
    const secrets = (lines: readonly string[]) => lines.filter((text) => text.includes('secret')).sort()
    expect(secrets(own.seen.map(({ text }) => text))).toEqual(['Loud tells you, "the secret of Shy"'])
    for (const feed of [foreign, helping, program]) expect(secrets(feed.seen.map(({ text }) => text))).toEqual([])
    await until('both to be stored', async () => secrets(texts(await overlord.graph(CHAT))).length === 2)
    expect(secrets(texts(await owner.graph(CHAT)))).toEqual(['Loud tells you, "the secret of Shy"'])
    for (const asked of [other.graph(CHAT), operator.graph(CHAT), asToken(CHAT)])
      expect(secrets(texts((await asked) as never))).toEqual([])
    const pointed = '{ chat(where: { channels: [TELL], characters: ["Shy"], text: "secret" }) { nodes { text } } }'
    expect(texts(await other.graph(pointed))).toEqual([])
  })

  it('that raise an alert raise it for those alone who may read them', async () => {
    const ALERTS = '{ alerts(where: { kinds: [VORTEX] }) { totalCount nodes { text } } }'
    await using foreign = other.feed<{ text: string }>('subscription { alertRaised { text } }', 'alertRaised')
    await using own = owner.feed<{ text: string }>('subscription { alertRaised { text } }', 'alertRaised')
    let n = 0
    await until('both to listen', () => {
      friend.send({ type: 'chat', character_name: 'Loud', text: `A whirlwind of vortexes opens (${n++})` })
      return foreign.seen.length > 0 && own.seen.length > 0
    })
    plugin.send({ type: 'chat', character_name: 'Shy', text: 'Loud tells you, "a whirlwind of vortexes, but hush"' })
    await own.find(({ text }) => text.includes('hush'))
    friend.send({ type: 'chat', character_name: 'Loud', text: 'A whirlwind of vortexes opens: last' })
    await foreign.find(({ text }) => text.includes('last'))
    expect(foreign.seen.filter(({ text }) => text.includes('hush'))).toEqual([])
    const all = await overlord.graph<{ alerts: { totalCount: number } }>(ALERTS)
    const fewer = await other.graph<{ alerts: { totalCount: number; nodes: { text: string }[] } }>(ALERTS)
    expect(fewer.data.alerts.totalCount).toBe(all.data.alerts.totalCount - 1)
    expect(JSON.stringify(fewer.data)).not.toContain('hush')
  })
})

interface Place {
  ew: number | null
  ns: number | null
  z: number | null
}
const WHERE = `{ character(name: "Shy") { placeShown telemetry { ew ns z kills } trail { ew ns z } radar { ew objects {
  name } } rares { nodes { ew ns z } } }
  trails { character { name } points { ew ns z } } peers { character { name } position { ew ns z heading landCell } }
  portals(text: "Shy") { nodes { discoveredBy { name } } } }`
interface Seen {
  character: {
    telemetry: (Place & { kills: number }) | null
    trail: Place[]
    radar: unknown
    rares: { nodes: Place[] }
  }
  trails: { character: { name: string }; points: Place[] }[]
  peers: {
    character: { name: string }
    position: (Place & { heading: number | null; landCell: number | null }) | null
  }[]
  portals: { nodes: { discoveredBy: { name: string } | null }[] }
}

describe('where a character is', () => {
  const at = { ew: 12.34, ns: -45.67, z: 8.9 }
  const tell = () => {
    plugin.send({ type: 'telemetry', character_name: 'Shy', ...at, kills: 7 })
    plugin.send({ type: 'nearby_objects', character_name: 'Shy', ...at, objects: [{ id: 5, name: 'Drudge' }] })
    plugin.send({ type: 'share_position_update', character_name: 'Shy', ...at, heading: 90, landcell: 77 })
  }
  const everywhere = (seen: Seen) => ({
    telemetry: seen.character.telemetry,
    way: [
      ...seen.character.trail,
      ...seen.trails.filter((trail) => trail.character.name === 'Shy').flatMap(({ points }) => points),
    ],
    rare: seen.character.rares.nodes[0],
    radar: seen.character.radar,
    peer: seen.peers.find((peer) => peer.character.name === 'Shy')?.position,
    portal: seen.portals.nodes[0]?.discoveredBy,
  })
  const asked = async (person: TestPerson) => everywhere((await person.graph<Seen>(WHERE)).data)

  it('is shown as it is unless it says otherwise', async () => {
    plugin.send({ type: 'rare', character_name: 'Shy', name: 'Star of Tukal', ...at })
    plugin.send({ type: 'portal', character_name: 'Shy', portal_name: 'Shy’s Portal', ...at })
    const seen = await until('everything to be known', async () => {
      tell()
      const found = await asked(other)
      return found.telemetry && found.radar && found.peer && found.rare && found.portal && found.way.length > 1 && found
    })
    expect(seen).toMatchObject({
      telemetry: { ...at, kills: 7 },
      rare: at,
      radar: { ew: at.ew },
      peer: at,
      portal: { name: 'Shy' },
    })
  })

  it('is said by its owner or an admin', async () => {
    const hide =
      'mutation { setPlaceShown(input: { character: "Shy", placeShown: HIDDEN }) { ownership { placeShown } } }'
    expect([await other.code(hide), await operator.code(hide)]).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect((await owner.graph(hide)).data).toEqual({ setPlaceShown: { ownership: { placeShown: 'HIDDEN' } } })
  })

  it('hidden, is nowhere to be found but for its owner and admins', async () => {
    await show('HIDDEN')
    const seen = await until('it to be hidden', async () => {
      tell()
      const found = await asked(other)
      return found.telemetry?.ew === null && found
    })
    const nowhere = { ew: null, ns: null, z: null }
    expect(seen).toEqual({
      telemetry: { ...nowhere, kills: 7 },
      way: [],
      rare: nowhere,
      radar: null,
      peer: null,
      portal: null,
    })
    for (const knows of [await asked(owner), everywhere((await overlord.graph<Seen>(WHERE)).data)])
      expect(knows).toMatchObject({ telemetry: at, rare: at, radar: { ew: at.ew }, peer: at, portal: { name: 'Shy' } })
  })

  it('blurred, is a whole map unit, without height or anything that would give it away', async () => {
    await show('BLURRED')
    const seen = await until('it to be blurred', async () => {
      tell()
      const found = await asked(other)
      return found.telemetry?.ew === 12 && found
    })
    const rough = { ew: 12, ns: -46, z: null }
    expect(seen).toMatchObject({ telemetry: rough, rare: rough, radar: null, portal: null })
    expect(seen.peer).toEqual({ ...rough, heading: null, landCell: null })
    expect(seen.way.length).toBeGreaterThan(0)
    for (const point of seen.way) expect(point).toEqual(rough)
  })

  it('is held back in streams as in queries: telemetry, radar of its own and of others, raw frames', async () => {
    await show('HIDDEN')
    const MOVES = 'subscription { telemetryChanged { ew ns z kills character { name } } }'
    const NEAR = 'subscription ($name: String!) { radarChanged(character: $name) { ew objects { name ew } } }'
    const FRAMES = 'subscription { frameReceived { type characterName body } }'
    type Move = Place & { kills: number; character: { name: string } }
    await using moves = other.feed<Move>(MOVES, 'telemetryChanged')
    await using ownMoves = owner.feed<Move>(MOVES, 'telemetryChanged')
    await using near = other.feed<{ objects: { name: string }[] }>(NEAR, 'radarChanged', { name: 'Shy' })
    await using nearFriend = other.feed<{ objects: { name: string }[] }>(NEAR, 'radarChanged', { name: 'Loud' })
    await using frames = other.feed<{ characterName: string; body: unknown }>(FRAMES, 'frameReceived')
    await using ownFrames = owner.feed<{ characterName: string }>(FRAMES, 'frameReceived')
    await until('the owner and the other to see what they may', () => {
      tell()
      friend.send({ type: 'telemetry', character_name: 'Loud', ew: 1.5, ns: 2.5 })
      friend.send({ type: 'share_position_update', character_name: 'Loud', ew: 1.5, ns: 2.5 })
      friend.send({
        type: 'nearby_objects',
        character_name: 'Loud',
        ew: 1.5,
        ns: 2.5,
        objects: [
          { id: 1, name: 'Shy', ew: 12.34 },
          { id: 2, name: 'Drudge', ew: 3 },
        ],
      })
      return (
        ownMoves.seen.some((move) => move.character.name === 'Shy' && move.ew === at.ew) &&
        moves.seen.some((move) => move.character.name === 'Shy') &&
        moves.seen.some((move) => move.ew === 1.5) &&
        nearFriend.seen.length > 0 &&
        frames.seen.some((frame) => frame.characterName === 'Loud') &&
        ownFrames.seen.some((frame) => frame.characterName === 'Shy')
      )
    })
    const hidden = moves.seen.filter((move) => move.character.name === 'Shy')
    for (const move of hidden) expect(move).toMatchObject({ ew: null, ns: null, z: null, kills: 7 })
    expect(near.seen).toEqual([])
    expect(nearFriend.seen[0]!.objects.map(({ name }) => name)).toEqual(['Drudge'])
    expect(frames.seen.filter((frame) => JSON.stringify(frame).includes('Shy'))).toEqual([])
    expect(JSON.stringify([moves.seen, nearFriend.seen, frames.seen])).not.toContain('12.34')
  })

  it('and private messages are held back in shared streams; who becomes an owner begins a separate stream', async () => {
    await show('HIDDEN')
    const BATCHES = 'subscription { telemetryBatches(everyMs: 20) { ew character { name } } }'
    const FEED = 'subscription { chatReceived { text } }'
    const heir = await aPerson(overlord, 'Heir')
    await using before = heir.feed<Line>(FEED, 'chatReceived')
    await using beside = other.feed<Line>(FEED, 'chatReceived')
    await using batches = other.feed<{ ew: number | null; character: { name: string } }[]>(BATCHES, 'telemetryBatches')
    const own = (user: string) =>
      overlord.graph(
        `mutation ($user: ID) {
          setOwner(input: { character: "Inherited", userId: $user }) { ownership { username } }
        }`,
        { user },
      )
    let n = 0
    const tell = () => {
      friend.send({ type: 'chat', character_name: 'Inherited', text: `Loud tells you, "for the heir alone (${n})"` })
      friend.send({ type: 'chat', character_name: 'Inherited', text: `Loud says, "for all (${n++})"` })
      plugin.send({ type: 'telemetry', character_name: 'Shy', ...at })
    }
    await until('both to listen', () => {
      tell()
      return before.seen.length > 0 && beside.seen.length > 0
    })
    await own(heir.id)
    await using after = await until('the heir’s own stream', async () => {
      const fresh = heir.feed<Line>(FEED, 'chatReceived')
      await until('it to begin', () => {
        tell()
        return fresh.seen.length > 1
      })
      if (fresh.seen.some(({ text }) => text.includes('heir alone'))) return fresh
      await fresh[Symbol.asyncDispose]()
      return null
    })
    tell()
    await after.find(({ text }) => text.includes(`heir alone (${n - 1})`))
    for (const feed of [before, beside]) await feed.find(({ text }) => text.includes(`for all (${n - 1})`))
    for (const feed of [before, beside]) expect(feed.seen.filter(({ text }) => text.includes('heir alone'))).toEqual([])
    const seen = await until(
      'Shy in a list',
      () => batches.seen.flat().some((row) => row.character.name === 'Shy') && batches.seen.flat(),
    )
    for (const row of seen.filter(({ character }) => character.name === 'Shy')) expect(row.ew).toBeNull()
    await overlord.graph('mutation { setOwner(input: { character: "Inherited" }) { ownership { username } } }')
    await heir[Symbol.asyncDispose]()
  })

  it('cannot be guessed by a rule: its alerts are for those who may see the place', async () => {
    await overlord.graph(
      `mutation {
        createWatchRule(input: { rule: { name: "east of ten", characters: ["Shy"], field: EW, comparison: GT, number: 10
        } }) {
          watchRule { id }
        }
      }`,
    )
    const ALERTS = '{ alerts(where: { kinds: [WATCH] }) { nodes { text details } } }'
    type Alerts = { alerts: { nodes: { text: string }[] } }
    await until('the alert', async () => {
      tell()
      return (await overlord.graph<Alerts>(ALERTS)).data.alerts.nodes.length > 0
    })
    expect((await owner.graph<Alerts>(ALERTS)).data.alerts.nodes).toHaveLength(1)
    expect((await other.graph<Alerts>(ALERTS)).data.alerts.nodes).toEqual([])
  })

  it('stays hidden after its owner’s account was removed', async () => {
    const gone = await aPerson(overlord, 'Leaver')
    await overlord.graph(
      'mutation ($user: ID) { setOwner(input: { character: "Shy", userId: $user }) { ownership { username } } }',
      {
        user: gone.id,
      },
    )
    expect((await asked(gone)).telemetry?.ew).toBe(at.ew)
    await until('the one before to see no more', async () => (await asked(owner)).telemetry?.ew === null)
    await overlord.graph('mutation ($id: ID!) { deleteUser(input: { id: $id }) { deletedUserId } }', { id: gone.id })
    await gone[Symbol.asyncDispose]()
    expect((await asked(owner)).telemetry?.ew).toBeNull()
    expect(
      (await overlord.graph<{ ownerships: { nodes: unknown[] } }>('{ ownerships { nodes { username placeShown } } }'))
        .data.ownerships.nodes,
    ).toEqual([{ username: null, placeShown: 'HIDDEN' }])
  })
})
