import { describe, expect, it } from 'vitest'
import { MAX_BYTES, traceMessage, type TraceEvent, type WorldEvent } from './messages.ts'
import { shiftedStep, shiftedWorld } from './places.ts'
import { PublicScene } from './scene.ts'

type Message = Record<string, unknown>
const read = (texts: readonly string[] | null) => texts?.map((text) => JSON.parse(text) as Message)
const bot = { id: 'bot', kind: 'BOT' as const, name: 'Eye', x: 0, y: 65, z: 0, health: null }

const event = (seq: number, base: number | null, other: Partial<WorldEvent> = {}): WorldEvent => ({
  seq,
  base,
  connected: true,
  timeOfDay: 6_000,
  weather: 'CLEAR',
  mode: 'idle',
  player: null,
  palette: [],
  runs: [],
  entities: [],
  gone: [],
  ...other,
})
/** A square of 57 × 57 columns, every one of another height than its neighbours. */
const hilly = (): Partial<WorldEvent> => {
  const runs: number[] = []
  for (let z = -28; z <= 28; z++)
    for (let x = -28; x <= 28; x++) runs.push(x, z, 1, 60 + ((x * 7 + z * 3) & 7), (x + z) & 1)
  return { palette: ['grass_block', 'stone'], runs, entities: [bot] }
}
const loaded = () => {
  const scene = new PublicScene(16)
  scene.take(event(7, null, hilly()))
  return scene
}

describe('what the public is sent of a world', () => {
  it('is 32 × 32 columns around the bot for somebody who comes, in messages of at most 64 KB', () => {
    const texts = loaded().whole()
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES)
    const [status, mode, world] = read(texts)!
    expect([status, mode]).toEqual([
      { v: 1, type: 'status', connected: true },
      { v: 1, type: 'mode', mode: 'idle', player: null },
    ])
    expect(world).toMatchObject({ v: 1, type: 'world', base: null, center: { x: 0, y: 65, z: 0 } })
    expect(world!['blocks']).toHaveLength(32 * 32)
    expect((world!['blocks'] as object[])[0]).toEqual({ x: -16, y: 60 + ((-16 * 10) & 7), z: -16, type: 'grass_block' })
  })

  it('is the whole square for those who came before anything was known', () => {
    const scene = new PublicScene(16)
    expect(read(scene.whole())).toEqual([{ v: 1, type: 'status', connected: false }])
    const types = read(scene.take(event(7, null, hilly())))!.map(({ type, base, seq }) => [type, base, seq])
    expect(types.slice(0, 3)).toEqual([
      ['status', undefined, undefined],
      ['mode', undefined, undefined],
      ['world', null, 1],
    ])
  })

  it('is one block in at most 100 bytes, and a step of the bot in at most 300', () => {
    const scene = loaded()
    const [block] = scene.take(event(8, 7, { palette: ['redstone_lamp'], runs: [-12, 15, 1, 127, 0] }))!
    expect(block!.length).toBeLessThanOrEqual(100)
    const [step] = scene.take(event(9, 8, { entities: [{ ...bot, x: 1 }] }))!
    expect(step!.length).toBeLessThanOrEqual(300)
    expect(read([block!, step!])).toMatchObject([
      { type: 'world', seq: 2, base: 1 },
      { type: 'world', seq: 3, base: 2 },
    ])
  })

  it('has the health of players, and says when it alone changed', () => {
    const scene = loaded()
    const ann = { ...bot, id: 'p', kind: 'PLAYER' as const, name: 'Ann', health: 20 }
    expect(read(scene.take(event(8, 7, { entities: [ann] }))!)).toMatchObject([{ entities: [{ id: 'p', health: 20 }] }])
    const whole = (health: number) => event(9, null, { ...hilly(), entities: [bot, { ...ann, health }] })
    expect(scene.take(whole(20))).toEqual([])
    expect(read(scene.take(whole(14))!)).toMatchObject([{ entities: [{ id: 'p', health: 14 }] }])
  })

  it('is only what is new when another square is followed', () => {
    const scene = loaded()
    const next = event(8, null, {
      ...hilly(),
      runs: [...hilly().runs!, 40, 0, 1, 64, 1],
      entities: [{ ...bot, x: 12 }],
    })
    const [change, ...others] = read(scene.take(next))!
    expect(others).toEqual([])
    expect(change).toMatchObject({ runs: [40, 0, 1, 64, 1], entities: [{ id: 'bot', x: 12 }] })
  })

  it('is a change in messages of at most 64 KB, too, however much comes into view at once', () => {
    const scene = loaded()
    const far = { x: 10_000_000, z: -10_000_000 }
    const names = Array.from({ length: 300 }, (_, nth) => `a_block_with_a_long_name_${nth}`)
    const crowd = Array.from({ length: 999 }, (_, nth) => ({
      ...bot,
      id: `p${nth}`,
      kind: 'PLAYER' as const,
      name: `Q${nth}`,
    }))
    const { runs } = hilly()
    const moved = runs!.map((value, at) => (at % 5 === 4 ? at % names.length : value))
    const next = event(8, null, { palette: names, runs: moved, entities: [bot, ...crowd] })
    const texts = scene.take(shiftedWorld(far, next))!
    expect(texts.length).toBeGreaterThan(1)
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES)
    type Change = { seq: number; base: number; palette?: string[]; runs?: number[]; entities?: object[] }
    const changes = read(texts) as unknown as Change[]
    expect(changes.map(({ seq, base }) => [base, seq])).toEqual(changes.map((_, nth) => [nth + 1, nth + 2]))
    expect(changes.flatMap(({ entities = [] }) => entities)).toHaveLength(1_000)
    const named = changes.flatMap(({ palette = [], runs: own = [] }) =>
      own.flatMap((value, at) =>
        at % 5 === 4 ? [`${own[at - 4]! - far.x},${own[at - 3]! - far.z} ${palette[value]}`] : [],
      ),
    )
    const wanted = moved.flatMap((value, at) =>
      at % 5 === 4 ? [`${moved[at - 4]},${moved[at - 3]} ${names[value]}`] : [],
    )
    expect(named).toEqual(wanted)
    // The next change goes on from the last of them.
    const [then] = read(scene.take(event(9, 8, { gone: ['p1'] })))!
    expect(then).toMatchObject({ base: changes.length + 1, seq: changes.length + 2 })
  })

  it('leaves out what is older, and asks for everything where events were missed', () => {
    const scene = loaded()
    expect(scene.take(event(7, 6, { gone: ['bot'] }))).toEqual([])
    expect(scene.take(event(10, 9))).toBeNull()
    expect(scene.bot()).toEqual(bot)
  })

  it('says that somebody is gone once, and only to those who were shown them', () => {
    const scene = loaded()
    scene.take(event(8, 7, { entities: [{ ...bot, id: 'p', kind: 'PLAYER', name: 'Ann' }] }))
    expect(read(scene.take(event(9, 8, { gone: ['p', 'never shown'] }))!)).toMatchObject([{ gone: ['p'] }])
    expect(scene.take(event(10, 9, { gone: ['p'] }))).toEqual([])
  })

  it('lets somebody who comes and walks along know every column that the others know', () => {
    const scene = loaded()
    type Sent = { blocks?: { x: number; z: number }[]; runs?: number[]; part?: number; parts?: number }
    const known = new Set<string>()
    const learn = (texts: readonly string[]) => {
      for (const { blocks = [], runs = [] } of read(texts) as Sent[]) {
        for (const { x, z } of blocks) known.add(`${x},${z}`)
        for (let at = 0; at < runs.length; at += 5)
          for (let along = 0; along < runs[at + 2]!; along++) known.add(`${runs[at]! + along},${runs[at + 1]!}`)
      }
    }
    const texts = scene.whole()
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES)
    const parts = read(texts)!.filter(({ type }) => type === 'world') as Sent[]
    expect(parts.map(({ part, parts: of }) => [part, of])).toEqual(parts.map((_, nth) => [nth + 1, parts.length]))
    learn(texts)
    learn(scene.take(event(8, null, { ...hilly(), entities: [{ ...bot, x: 12 }] }))!)
    for (let z = -28; z <= 28; z++) for (let x = -28; x <= 28; x++) expect(known.has(`${x},${z}`)).toBe(true)
  })

  it('says when the mode changes and the world is away, and names players in a heartbeat', () => {
    const scene = loaded()
    const walker = { id: 'p', kind: 'PLAYER' as const, name: 'Marigold', x: 3, y: 64, z: 4, health: 20 }
    expect(read(scene.take(event(8, 7, { mode: 'god', player: 'Marigold', connected: false })))).toEqual([
      { v: 1, type: 'status', connected: false },
      { v: 1, type: 'mode', mode: 'god', player: 'Marigold' },
    ])
    scene.take(event(9, 8, { entities: [walker] }))
    expect(JSON.parse(scene.heartbeat()!)).toEqual({
      v: 1,
      type: 'heartbeat',
      players: [{ name: 'Marigold', x: 3, y: 64, z: 4 }],
      time: 6000,
      weather: 'clear',
    })
  })
})

const step: TraceEvent = {
  id: '5',
  changeId: '1',
  sessionId: '2',
  player: 'Marigold',
  mode: 'god',
  kind: 'CALL',
  step: 2,
  totalSteps: 8,
  tool: 'world.scan_area',
  input: { center: { x: 12, y: 64, z: 15 } },
  result: { blocks: { stone: 1 } },
  lookedAt: { x: 12, y: 64, z: 15, radius: 8 },
  outcome: 'OK',
  startedAt: '2026-06-20T18:00:00.000Z',
  durationMs: 12,
}

describe('a step for the public', () => {
  it('has the fields of a trace message', () => {
    expect(JSON.parse(traceMessage(step))).toMatchObject({
      v: 1,
      type: 'trace',
      tool: 'world.scan_area',
      input: step.input as object,
      result: step.result as object,
      step: 2,
      mode: 'god',
      session_id: '2',
      player: 'Marigold',
    })
  })
  it('is never longer than a message may be', () => {
    const text = traceMessage({ ...step, input: { type: '\u{1f441}'.repeat(20_000) } })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES)
    expect(JSON.parse(text)).toMatchObject({ input: null, result: null, too_large: true, step: 2 })
  })
  it('shows no place where places are hidden', () => {
    const shift = { x: 500_000, z: -300_000 }
    const text = traceMessage(shiftedStep(shift, step))
    expect(JSON.parse(text)).toMatchObject({ looked_at: { x: 500_012, z: -299_985 }, input: null, result: null })
    const { runs, entities } = shiftedWorld(shift, event(1, null, { runs: [-2, 7, 3, 64, 0], entities: [bot] }))
    expect(runs).toEqual([499_998, -299_993, 3, 64, 0])
    expect(entities[0]).toMatchObject({ x: 500_000, z: -300_000 })
  })
})
