import { describe, expect, it } from 'vitest'
import { callBeside, frameAt, frameOf, framesOfOneWorld, sessionLines, spanOf, stepAt } from './replay.ts'

const at = (second: number) => new Date(second * 1_000).toISOString()
const step = (nth: number, from: number, to: number | null, kind = 'CALL') => ({
  id: String(nth),
  kind,
  step: nth,
  tool: 'look',
  startedAt: at(from),
  finishedAt: to === null ? null : at(to),
})
const frame = (id: string, second: number) => ({
  id,
  world: 'demo',
  at: at(second),
  seq: second,
  palette: [],
  runs: [],
  entities: [],
})
const steps = [step(0, 9, 9, 'SESSION_STARTED'), step(1, 10, 12), step(2, 20, null)]
const frames = [frame('a', 11), frame('b', 13), frame('c', 25)]

describe('a replay', () => {
  it('reaches from the first step to the last frame', () => {
    expect(spanOf(steps, frames)).toEqual([9_000, 25_000])
    expect(spanOf([], frames)).toBeNull()
  })
  it('has at each moment the last call and the last frame until then', () => {
    expect(stepAt(steps, 9_500)).toBeNull()
    expect(stepAt(steps, 19_999)?.id).toBe('1')
    expect(stepAt(steps, 20_000)?.id).toBe('2')
    expect(frameAt(frames, 12_000)?.id).toBe('a')
    expect(frameAt(frames, 1_000)?.id).toBe('a') // rather the first than nothing
    expect(frameAt([], 1_000)).toBeNull()
  })
})

describe('the frames of a replay', () => {
  const ann = { id: 'p', kind: 'PLAYER' as const, name: 'Ann', x: 0, y: 0, z: 0 }
  const two = [
    frame('a', 1),
    { ...frame('b', 2), world: 'minecraft' },
    frame('c', 3),
    { ...frame('d', 4), world: 'minecraft', entities: [ann] },
  ]
  const shown = (player: string | null, world: string | null) =>
    framesOfOneWorld(two, player, world).map(({ id }) => id)

  it('are those of one world: where its player is, else the one that is asked for, else the first', () => {
    expect(shown('ann', 'demo')).toEqual(['b', 'd'])
    expect(shown('Bob', 'minecraft')).toEqual(['b', 'd'])
    expect(shown(null, null)).toEqual(['a', 'c'])
    expect(framesOfOneWorld([], 'Ann', 'demo')).toEqual([])
  })
})

describe('the calls of a replay', () => {
  it('lie before and after each moment, but for the ends', () => {
    const calls = steps.filter(({ kind }) => kind === 'CALL')
    expect([9_000, 10_000, 15_000, 20_000].map((now) => callBeside(calls, now, 1))).toEqual([
      10_000,
      20_000,
      20_000,
      null,
    ])
    expect([9_000, 10_000, 15_000, 21_000].map((now) => callBeside(calls, now, -1))).toEqual([
      null,
      null,
      10_000,
      20_000,
    ])
  })
})

describe('an exported session', () => {
  it('has a line for the session and one for each step, with the frame of what the step saw', () => {
    expect(frameOf(frames, steps[1]!)?.id).toBe('b')
    expect(frameOf(frames, steps[2]!)?.id).toBe('c')
    const lines = sessionLines({ id: '7' }, steps, frames).trimEnd().split('\n')
    const read = lines.map((line) => JSON.parse(line) as { type: string; frame?: { id: string } | null })
    expect(read.map(({ type, frame }) => [type, frame?.id ?? null])).toEqual([
      ['session', null],
      ['step', null],
      ['step', 'b'],
      ['step', 'c'],
    ])
  })
})
