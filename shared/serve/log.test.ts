import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { until } from '../testing/until.ts'

it('an error is logged with its message, code and stack, and without the connection it came from', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'log '))
  const file = path.join(folder, 'lines.log')
  const error = Object.assign(new Error('terminated'), { code: '57P01', client: { secretKey: 12345 } })
  createLog('warn', 'test', file).warn({ error }, 'lost a database connection')
  const text = await until('the line', () => readFile(file, 'utf8').catch(() => ''))
  expect(JSON.parse(text)).toMatchObject({ error: { message: 'terminated', code: '57P01', type: 'Error' } })
  expect(text).toContain('log.test.ts')
  expect(text).not.toContain('secretKey')
  await rm(folder, { recursive: true })
})
