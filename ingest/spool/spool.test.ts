import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../shared/log.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { until } from '../../shared/testing/until.ts'
import { counters } from '../metrics/counters.ts'
import { deadLetter, type DeadLetterRow, type Row } from '../rows/row.ts'
import { Backlog, type Entry } from './backlog.ts'
import { readRecord, recordBytes, seal, writeRecord, type SpoolRecord } from './record.ts'
import { segmentPath } from './segments.ts'
import { Spool } from './spool.ts'

const log = createLog('silent')
let folder: string
beforeEach(async () => void (folder = await tempFolder('spool')))
afterEach(() => rm(folder, { recursive: true, force: true }))

const record = (text: string): SpoolRecord => ({
  kind: 'frame',
  receivedMs: 1_700_000_000_123,
  id: null,
  server: 'Coldeve',
  body: Buffer.from(text),
})
const row = (reason: string): Row[] => [
  deadLetter({ receivedAt: '', type: null, character: null, path: null, reason, frame: '' }),
]
/** What a record is stored as: its text, read back from the row. */
const replay = ({ body }: SpoolRecord) => row(body.toString())
const textsOf = (rows: readonly Row[]) => rows.map(({ row }) => (row as DeadLetterRow).reason)
const open = (options: { segmentBytes?: number; mostBytes?: number; flushMs?: number } = {}) =>
  new Spool<Entry>({ folder, log, flushMs: 1, ...options })
const put = (spool: Spool<Entry>, ...texts: string[]) => {
  for (const text of texts) spool.append(record(text), row(text))
}
async function drain(backlog: Backlog, limit = Infinity): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const batch = await backlog.next(limit)
    if (!batch) return texts
    texts.push(...textsOf(batch.rows))
  }
}

describe('a record of the spool', () => {
  it('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom('frame' as const, 'letter' as const),
          receivedMs: fc.double({ noNaN: true }),
          id: fc.option(fc.bigInt({ min: 1n, max: 2n ** 63n }).map(String)),
          server: fc.string({ maxLength: 40 }).map((text) => text.toWellFormed()),
          body: fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        }),
        (given) => {
          const buffer = Buffer.alloc(recordBytes(given) + 7)
          const end = writeRecord(buffer, 0, given)
          seal(buffer, 0, end)
          expect(readRecord(buffer, 0)).toEqual({ record: given, end })
        },
      ),
    )
  })
  it('is none when a single bit is not as it was written', () => {
    const given = record('{"type":"chat"}')
    const whole = Buffer.alloc(recordBytes(given))
    seal(whole, 0, writeRecord(whole, 0, given))
    for (let bit = 64; bit < whole.length * 8; bit++) {
      const damaged = Buffer.from(whole)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      expect(readRecord(damaged, 0)).not.toMatchObject({ end: whole.length })
    }
  })
})

describe('the spool', () => {
  it('[DUR1] notifies a sender only once its frames are on disk', async () => {
    await using spool = open()
    let notified = 0
    put(spool, 'one', 'two')
    spool.notifyWhenDurable((n) => {
      notified = n
      expect(readFileSync(segmentPath(folder, 1)).includes('two')).toBe(true)
    }, 2)
    expect(notified).toBe(0)
    await until('the word', () => notified === 2)
  })

  it('[DUR2] gives back in order what a killed process left, without the half record at its end', async () => {
    const spool = open()
    put(spool, 'one', 'two', 'three')
    await spool.flush()
    const file = segmentPath(folder, 1)
    truncateSync(file, statSync(file).size - 3) // the last write was cut off
    await using again = open()
    await using backlog = new Backlog(again, replay, log)
    expect(await drain(backlog)).toEqual(['one', 'two'])
    put(again, 'four')
    await again.flush()
    await using third = open()
    await using fourth = new Backlog(third, replay, log)
    expect(await drain(fourth)).toEqual(['one', 'two', 'four'])
  })

  it('[DUR2] takes zeros a file system left at the end for nothing', async () => {
    const spool = open()
    put(spool, 'one')
    await spool.flush()
    appendFileSync(segmentPath(folder, 1), Buffer.alloc(8_192))
    await using again = open()
    await using backlog = new Backlog(again, replay, log)
    expect(await drain(backlog)).toEqual(['one'])
  })

  it('goes on with the next file when one is damaged in its midst, and sets it aside', async () => {
    const spool = open({ segmentBytes: 300 })
    for (let n = 0; n < 12; n++) {
      put(spool, `frame ${n}`)
      await spool.flush()
    }
    await spool[Symbol.asyncDispose]()
    const bytes = readFileSync(segmentPath(folder, 1))
    bytes[bytes.length - 1]! ^= 255
    writeFileSync(segmentPath(folder, 1), bytes)
    await using again = open({ segmentBytes: 300 })
    await using backlog = new Backlog(again, replay, log)
    const texts = await drain(backlog)
    expect(texts.at(0)).toBe('frame 0')
    expect(texts.at(-1)).toBe('frame 11')
    expect(texts.length).toBe(11)
    expect(readdirSync(folder).filter((file) => file.endsWith('.damaged'))).toHaveLength(1)
  })

  it('deletes files whose frames are stored, and only those', async () => {
    await using spool = open({ segmentBytes: 200 })
    for (let n = 0; n < 12; n++) {
      put(spool, `frame ${n}`)
      await spool.flush()
    }
    const segments = () => readdirSync(folder).filter((file) => file.endsWith('.spool')).length
    const before = segments()
    expect(before).toBeGreaterThan(2)
    await using backlog = new Backlog(spool, replay, log)
    await backlog.next(1)
    await spool.release(backlog.position)
    expect(segments()).toBe(before)
    await drain(backlog)
    await spool.release(backlog.position)
    expect(segments()).toBe(1)
    expect(spool.backlogBytes).toBe(0)
  })

  it('reports from its start on how much waits, not only once more comes', async () => {
    {
      await using spool = open()
      put(spool, 'left by a process that ended')
      await spool.flush()
    }
    counters.spoolBytes.set(0)
    await using spool = open()
    expect((await counters.spoolBytes.get()).values[0]!.value).toBe(spool.end.offset)
    await spool.release(spool.end) // the database has it
    expect((await counters.spoolBytes.get()).values[0]!.value).toBe(0)
  })

  it('writes at once what somebody waits for, and what came before it', async () => {
    await using spool = open({ flushMs: 3_600_000 })
    const groups: (readonly [number, boolean])[] = []
    spool.onDurable = ({ entries, urgent }) => groups.push([entries.length, urgent])
    put(spool, 'telemetry', 'chat')
    spool.append(record('a rare'), row('a rare'), true)
    spool.append(record('another'), row('another'), true)
    await until('both to be on disk', () => groups.length === 2)
    expect(groups).toEqual([
      [3, true],
      [1, true],
    ])
  })

  it('[DUR4] holds senders back when too much waits, and lets them go on once it is stored', async () => {
    await using spool = open({ segmentBytes: 1_000, mostBytes: 2_000 })
    let relieved = 0
    spool.onRelief(() => relieved++)
    while (!spool.full()) {
      put(spool, 'x'.repeat(100))
      await spool.flush()
    }
    await using backlog = new Backlog(spool, replay, log)
    await drain(backlog)
    await spool.release(backlog.position)
    expect(spool.full()).toBe(false)
    expect(relieved).toBe(1)
  })
})

describe('a backlog', () => {
  it('gives every frame once and in order, from memory or from disk, however often it has to begin again', async () => {
    const act = fc.oneof(
      { weight: 5, arbitrary: fc.record({ act: fc.constant('put' as const), n: fc.integer({ min: 1, max: 40 }) }) },
      { weight: 3, arbitrary: fc.record({ act: fc.constant('take' as const), n: fc.integer({ min: 1, max: 60 }) }) },
      { weight: 1, arbitrary: fc.record({ act: fc.constant('fail' as const), n: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const), n: fc.constant(0) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        await rm(folder, { recursive: true, force: true })
        let spool = open({ segmentBytes: 2_000 })
        let backlog = new Backlog(spool, replay, log)
        let committed = spool.first
        let sent = 0
        const stored: string[] = []
        const take = async (limit: number) => {
          const batch = await backlog.next(limit)
          if (!batch) return false
          stored.push(...textsOf(batch.rows))
          committed = batch.end
          await spool.release(batch.end)
          return true
        }
        for (const { act: what, n } of acts) {
          if (what === 'put') {
            for (let i = 0; i < n; i++) {
              const text = `frame ${sent++}`
              spool.append(record(text), row(text), i === n >> 1)
            }
            await spool.flush()
          } else if (what === 'take') await take(n)
          else if (what === 'fail') {
            await backlog.next(10) // read, and then the database refuses
            backlog.startAt(committed)
          } else {
            await backlog[Symbol.asyncDispose]()
            await spool[Symbol.asyncDispose]()
            spool = open({ segmentBytes: 2_000 })
            backlog = new Backlog(spool, replay, log)
            backlog.startAt(committed)
          }
        }
        while (await take(Infinity));
        await backlog[Symbol.asyncDispose]()
        await spool[Symbol.asyncDispose]()
        expect(stored).toEqual(Array.from({ length: sent }, (_, n) => `frame ${n}`))
      }),
      { numRuns: 60 },
    )
  })
})
