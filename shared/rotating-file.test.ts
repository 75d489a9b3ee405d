import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from './log.ts'
import { rotatingFile } from './rotating-file.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'log-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean)

describe('a rotating file', () => {
  it('[OPS13] is put aside when it is full, and only so many full ones are kept', () => {
    const name = path.join(folder, 'deep', 'a.log')
    using file = rotatingFile(name, { bytes: 100, backups: 2 })
    for (let nth = 0; nth < 50; nth++) file.write(`line ${String(nth).padStart(3, '0')}\n`)
    expect(readdirSync(path.dirname(name)).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2'])
    const kept = ['.2', '.1', ''].flatMap((end) => linesOf(`${name}${end}`))
    expect(kept).toEqual(
      Array.from({ length: kept.length }, (_, nth) => `line ${String(50 - kept.length + nth).padStart(3, '0')}`),
    )
    expect(statSync(`${name}.1`).size).toBeLessThanOrEqual(100)
    expect(file.lost()).toBe(0)
  })

  it('[OPS13] has 10 MB by itself, and five full ones are kept', () => {
    const name = path.join(folder, 'full', 'a.log')
    using file = rotatingFile(name)
    const line = `${'x'.repeat(1024 * 1024 - 1)}\n`
    for (let nth = 0; nth < 75; nth++) file.write(line)
    const kept = readdirSync(path.dirname(name)).sort()
    expect(kept).toEqual(['a.log', 'a.log.1', 'a.log.2', 'a.log.3', 'a.log.4', 'a.log.5'])
    for (const full of kept.slice(1)) expect(statSync(path.join(folder, 'full', full)).size).toBe(10 * 1024 * 1024)
    expect(statSync(name).size).toBe(5 * 1024 * 1024)
  })

  it('[OPS13] goes on where it was, and takes a line that is longer than a file', () => {
    const name = path.join(folder, 'b.log')
    rotatingFile(name, { bytes: 20, backups: 1 }).write('first\n')
    using file = rotatingFile(name, { bytes: 20, backups: 1 })
    file.write('second\n')
    expect(linesOf(name)).toEqual(['first', 'second'])
    file.write(`${'x'.repeat(30)}\n`)
    file.write('last\n')
    expect(linesOf(name)).toEqual(['last'])
    expect(linesOf(`${name}.1`)).toEqual(['x'.repeat(30)])
  })

  it('[OPS13] loses what cannot be written, counts it, and goes on', () => {
    const name = path.join(folder, 'c', 'c.log')
    using file = rotatingFile(name, { bytes: 10, backups: 1 })
    file.write('1234567\n')
    rmSync(path.dirname(name), { recursive: true })
    file.write('lost line\n')
    expect(file.lost()).toBe(1)
    expect(existsSync(name)).toBe(false)
  })

  it('[OPS13] has the lines of the log as they are written elsewhere, traces included', () => {
    const name = path.join(folder, 'd.log')
    const log = createLog('info', 'test', name)
    log.info({ trace: 'abc', status: 200 }, 'answered')
    log.debug('not this')
    expect(linesOf(name).map((line) => JSON.parse(line) as object)).toMatchObject([
      { name: 'test', trace: 'abc', status: 200, msg: 'answered' },
    ])
  })
})
