import fs from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keptSecret } from '../../shared/auth/secrets.ts'
import { createLog } from '../../shared/log.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { capture } from './capture.ts'
import { Lanes } from '../spool/lanes.ts'

let folder: string
let before: number
beforeEach(async () => {
  folder = await tempFolder('private')
  before = process.umask(0) // others get every right that is not refused
})
afterEach(async () => {
  process.umask(before)
  await rm(folder, { recursive: true, force: true })
})
const modeOf = (...parts: string[]) => (fs.statSync(path.join(folder, ...parts)).mode & 0o777).toString(8)
const log = createLog('silent')

describe('files of ingest', () => {
  it('[DUR7] are for their owner alone: the spool with its lanes, a secret, and what is captured', async () => {
    for (const name of ['spool', 'captured']) fs.mkdirSync(path.join(folder, name))
    fs.writeFileSync(path.join(folder, 'secret'), 'an old one')
    const lanes = new Lanes({ folder: path.join(folder, 'spool'), log, flushMs: 1 })
    const record = { kind: 'frame', receivedMs: 1, id: null, server: '', body: Buffer.from('x') } as const
    lanes.append(record, [{ table: 'telemetry', row: { character: 'A', receivedAt: '' } }], false)
    await lanes.facts.flush()
    await lanes[Symbol.asyncDispose]()
    const captured = capture(path.join(folder, 'captured'), 1, log)
    captured.take('telemetry', '{}')
    await captured.written()
    keptSecret(folder, 'secret', undefined, () => undefined)
    keptSecret(folder, 'fresh', undefined)
    const [segment] = fs.readdirSync(path.join(folder, 'spool')).filter((file) => file.endsWith('.spool'))
    expect([modeOf('spool'), modeOf('spool', 'bulk'), modeOf('captured')]).toEqual(['700', '700', '700'])
    const files = [modeOf('spool', segment!), modeOf('spool', 'id'), modeOf('captured', 'telemetry.jsonl')]
    expect([...files, modeOf('secret'), modeOf('fresh')]).toEqual(['600', '600', '600', '600', '600'])
  })
})
