import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../shared/log.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import type { InventoryRow } from '../frames/inventory/rows.ts'
import { LargeFrames } from '../large/large-frames.ts'
import type { Row } from '../rows/row.ts'
import { Backlog } from '../spool/backlog.ts'
import { Lanes } from '../spool/lanes.ts'
import { intake, replay } from './intake.ts'

let folder: string
beforeEach(async () => void (folder = await tempFolder('large')))
afterEach(() => rm(folder, { recursive: true, force: true }))

const log = createLog('silent')
const sender = { server: '', mayComplain: () => true }
const bytes = (frame: object) => Buffer.from(JSON.stringify(frame))
const items = Array.from({ length: 8_000 }, (_, n) => ({ Id: -n - 1, Name: `Item ${n}`, IntValues: { 19: n, 5: 1 } }))
const large = bytes({ type: 'full_inventory', character_name: 'Packrat', items })
const chat = (text: string) => bytes({ type: 'chat', character_name: 'Talker', text })

/** What reaches the spool, in order. */
function openIntake(frames: Pick<LargeFrames, 'read'>, lanes?: Lanes) {
  const kept: string[] = []
  const spool = {
    append: (_: unknown, rows: readonly Row[]) => void kept.push(rows[0]!.table),
    appendUnread: () => void kept.push('unread'),
    notifyWhenDurable: () => undefined,
    full: () => false,
    onRelief: () => undefined,
  }
  const own = intake({ pubsub: memoryPubSub(), spool: lanes ?? spool, large: frames, gameServer: 'Coldeve', log })
  return { kept, intake: own }
}

describe('[SOC13] a large frame', () => {
  it('lets frames of others pass while it is read', async () => {
    await using frames = new LargeFrames(log)
    const { kept, intake } = openIntake(frames)
    const reading = intake.take(large, sender)
    for (let n = 0; n < 5; n++) void intake.take(chat(`line ${n}`), sender)
    expect(kept).toEqual(['chat', 'chat', 'chat', 'chat', 'chat'])
    expect(await reading).toEqual({ type: 'full_inventory' })
    expect(kept.at(-1)).toBe('inventory')
  })

  it('that is refused is counted and kept for study like any other', async () => {
    await using frames = new LargeFrames(log)
    const { kept, intake } = openIntake(frames)
    const more = Array.from({ length: 400_000 }, () => 123)
    const frame = { type: 'chat', character_name: 'Talker', text: 'x', more }
    expect(await intake.take(bytes(frame), sender)).toEqual({ type: 'chat', refused: '/ has more than 50,000 values' })
    expect(kept).toEqual(['dead_letters'])
  })

  it('[DUR1] that is being read when the process ends is on disk as it came, and is read after the next start', async () => {
    const frames = new LargeFrames(log)
    const lanes = new Lanes({ folder, log, flushMs: 1 })
    const { intake } = openIntake(frames, lanes)
    const reading = intake.take(large, sender)
    intake.stop()
    expect(await reading).toEqual({ type: 'other' }) // at once
    expect(intake.take(large, sender)).toEqual({ type: 'other' })
    await frames[Symbol.asyncDispose]()
    await lanes[Symbol.asyncDispose]()

    await using again = new LargeFrames(log)
    await using after = new Lanes({ folder, log, flushMs: 1 })
    await using backlog = new Backlog(after.bulk, replay(again), log)
    const { rows, frames: count } = (await backlog.next(10))!
    expect(count).toBe(2)
    expect((rows[0]!.row as Extract<InventoryRow, { kind: 'full' }>).items).toHaveLength(8_000)
  })

  it('waits on disk when many are being read: memory is bounded', async () => {
    const { kept, intake } = openIntake({ read: () => new Promise(() => undefined) })
    const most = Buffer.alloc(16 * 1024 * 1024, ' ')
    const taken = Array.from({ length: 12 }, () => intake.take(most, sender))
    expect(taken.filter((one) => one instanceof Promise)).toHaveLength(9)
    expect(kept).toEqual(['unread', 'unread', 'unread'])
  })

  it('[DUR2] that was appended unread to a writer that follows comes from disk, in its place', async () => {
    await using frames = new LargeFrames(log)
    await using lanes = new Lanes({ folder, log, flushMs: 1 })
    await using backlog = new Backlog(lanes.bulk, replay(frames), log)
    expect(await backlog.next(10)).toBeNull() // it follows
    const record = { kind: 'frame', receivedMs: 1, id: null, server: 'Coldeve', body: large } as const
    const small = bytes({ type: 'full_inventory', character_name: 'Other', items: [] })
    lanes.append({ ...record, body: small }, [], false)
    lanes.appendUnread(record)
    await lanes.bulk.flush()
    await lanes.facts.flush()
    const batch = (await backlog.next(10))!
    expect(batch.rows.map(({ row }) => row.character)).toEqual(['Packrat'])
  })
})
