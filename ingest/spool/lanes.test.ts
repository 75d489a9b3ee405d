import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../shared/log.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { until } from '../../shared/testing/until.ts'
import type { Row } from '../rows/row.ts'
import { Lanes } from './lanes.ts'
import type { SpoolRecord } from './record.ts'

const log = createLog('silent')
let folder: string
beforeEach(async () => void (folder = await tempFolder('lanes')))
afterEach(() => rm(folder, { recursive: true, force: true }))

const record: SpoolRecord = { kind: 'frame', receivedMs: 1, id: null, server: '', body: Buffer.from('a frame') }
const rows = (table: string): Row[] => [{ table, row: { character: 'A', receivedAt: '' } }]

describe('two lanes', () => {
  it('keep inventories apart from all other rows', async () => {
    await using lanes = new Lanes({ folder, log, flushMs: 1 })
    lanes.append(record, rows('inventory'), false)
    await lanes.bulk.flush()
    expect([lanes.bulk.end.offset > 0, lanes.facts.end.offset]).toEqual([true, 0])
    lanes.append(record, rows('telemetry'), false)
    await lanes.facts.flush()
    expect(lanes.facts.end.offset).toBe(lanes.bulk.end.offset)
  })

  it.each([
    ['an inventory comes first', ['inventory', 'telemetry']],
    ['an inventory comes last', ['telemetry', 'inventory']],
    ['only inventories come', ['inventory', 'inventory']],
    ['none comes', ['vitals', 'telemetry']],
  ])('[DUR1] acknowledge what is on disk in both, when %s', async (_, tables) => {
    await using lanes = new Lanes({ folder, log, flushMs: 60_000 })
    const acknowledged: number[] = []
    const notify = (count: number) => acknowledged.push(count)
    for (const [nth, table] of tables.entries()) {
      lanes.append(record, rows(table), false)
      lanes.notifyWhenDurable(notify, nth + 1)
    }
    const spools = [...new Set(tables.map((table) => (table === 'inventory' ? lanes.bulk : lanes.facts)))]
    for (const [nth, spool] of spools.entries()) {
      await spool.flush()
      const whole = nth === spools.length - 1
      expect(acknowledged.at(-1) ?? 0).toBe(whole ? 2 : 1)
    }
  })

  it('hold senders back at one limit for both, until enough is stored', async () => {
    await using lanes = new Lanes({ folder, log, flushMs: 1, mostBytes: 3_000 })
    let relieved = 0
    lanes.onRelief(() => relieved++)
    await lanes.facts.release({ segment: 1, offset: 0 })
    await lanes.bulk.release({ segment: 1, offset: 0 })
    for (let n = 0; n < 40; n++) lanes.append(record, rows(n % 2 ? 'inventory' : 'telemetry'), false)
    await lanes.facts.flush()
    await lanes.bulk.flush()
    expect(lanes.full()).toBe(false)
    for (let n = 0; n < 60; n++) lanes.append(record, rows('inventory'), false)
    await lanes.bulk.flush()
    expect(lanes.backlogBytes).toBeGreaterThan(3_000)
    expect(lanes.full()).toBe(true)
    await lanes.bulk.release(lanes.bulk.end)
    await until('relief', () => !lanes.full())
    expect(relieved).toBeGreaterThan(0)
  })
})
