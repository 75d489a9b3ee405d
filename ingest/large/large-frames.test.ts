import { describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { createLog } from '../../shared/log.ts'
import { LargeFrames } from './large-frames.ts'
import { readArrived, takeApart, type ArrivedFrame } from './pieces.ts'

const log = createLog('silent')
const items = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    Id: -n - 1,
    Name: `Item ${n}`,
    IntValues: { 19: n, 5: 640 },
    Spells: [n],
  }))
const frame = (value: unknown): ArrivedFrame => ({
  body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  receivedMs: Date.UTC(2026, 5, 1),
  server: 'Coldeve',
  id: '77',
})
const inventory = (character: string, count: number, more: object = {}) =>
  frame({ type: 'full_inventory', character_name: character, items: items(count), ...more })

describe('[SOC13] a large frame read in another thread', () => {
  it.each([
    ['an inventory of many pieces', inventory('Packrat', 9_000)],
    [
      'an inventory with bad items',
      frame({ type: 'inventory', character_name: 'A', items: [...items(3), { x: 1 }, 7] }),
    ],
    ['a registration', frame({ type: 'register', character_name: 'A', server: 'Frostfell', pad: 'x'.repeat(300_000) })],
    ['a line of chat', frame({ type: 'chat', character_name: 'A', text: 'x'.repeat(300_000) })],
    ['an unknown type', frame({ type: 'share_new', of: 'x'.repeat(300_000) })],
    ['what is no JSON', frame(`{"type":${'['.repeat(400_000)}`)],
    ['a long text', frame({ type: 'chat', character_name: 'A', text: 'x'.repeat(1_100_000) })],
    ['too many values for its type', frame({ type: 'share_new', of: Array.from({ length: 400_000 }, () => 123) })],
  ])('has the same result: %s', async (_, large) => {
    await using frames = new LargeFrames(log)
    expect(await frames.read(large)).toEqual(readArrived(large))
    expect(large.body.length).toBeGreaterThan(0) // the caller keeps its bytes
  })

  it('comes in pieces, each of which is copied in a few milliseconds', () => {
    const { head, pieces } = takeApart(readArrived(inventory('Packrat', 9_000)))
    expect(head.pieces).toBe(pieces.length)
    expect(pieces.length).toBeGreaterThan(4)
    expect(Math.max(...pieces.map((piece) => JSON.stringify(piece).length))).toBeLessThan(200_000)
    expect(JSON.stringify(head).length).toBeLessThan(1_000)
  })

  it('is read in the order of asking, with none lost, though others wait', async () => {
    await using frames = new LargeFrames(log)
    const order: string[] = []
    const names = ['one', 'two', 'three', 'four']
    await Promise.all(names.map((name) => frames.read(inventory(name, 500)).then(() => order.push(name))))
    expect(order).toEqual(names)
  })

  it('is read here when its thread is lost, and the next one gets another thread', async () => {
    const lines: string[] = []
    const loud = pino({}, { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) })
    await using frames = new LargeFrames(loud, { memoryMb: 4 })
    const result = await frames.read(inventory('Packrat', 20_000))
    expect(result.kind === 'kept' && result.rows).toMatchObject([{ row: { items: { length: 20_000 } } }])
    expect(lines).toEqual(['a large frame is read beside the others: its thread was lost'])
  })

  it('is not read any more once this was ended', async () => {
    const frames = new LargeFrames(log)
    const reading = frames.read(inventory('Packrat', 5_000))
    const ended = expect(reading).rejects.toThrow('ended')
    await frames[Symbol.asyncDispose]()
    await ended
    await expect(frames.read(inventory('Packrat', 5))).rejects.toThrow('ended')
  })
})
