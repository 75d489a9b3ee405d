import fs from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepPrivate, privateFolder } from './private-paths.ts'

let folder: string
let before: number
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'private '))
  before = process.umask(0) // others get every right that is not refused
})
afterEach(async () => {
  process.umask(before)
  await rm(folder, { recursive: true, force: true })
})
const modeOf = (...parts: string[]) => (fs.statSync(path.join(folder, ...parts)).mode & 0o777).toString(8)

describe('private paths', () => {
  it('[DUR7] are made for their owner alone, and mended with a warning where somebody made them first', () => {
    const warnings: string[] = []
    privateFolder(path.join(folder, 'new'), (text) => warnings.push(text))
    expect([modeOf('new'), warnings]).toEqual(['700', []])
    fs.mkdirSync(path.join(folder, 'old'))
    fs.writeFileSync(path.join(folder, 'old', 'file'), '')
    privateFolder(path.join(folder, 'old'), (text) => warnings.push(text))
    keepPrivate(path.join(folder, 'old', 'file'), (text) => warnings.push(text))
    expect([modeOf('old'), modeOf('old', 'file')]).toEqual(['700', '600'])
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toContain(path.join(folder, 'old'))
  })
})
