import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import { checkPluginSecret, keptSecret, sameSecret, sha256 } from './secrets.ts'

let folder: string
beforeAll(async () => void (folder = await tempFolder('secrets')))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

describe('a secret of this installation', () => {
  it('is the one given, and then none is kept', () => {
    expect(keptSecret(folder, 'given', 'from a setting')).toEqual({ value: 'from a setting', fresh: false })
    expect(fs.existsSync(path.join(folder, 'given'))).toBe(false)
  })

  it.each([undefined, ''])('is made once where none is given, for its owner alone to read: %j', (given) => {
    const dataDir = path.join(folder, `made ${given}`, 'below')
    const made = keptSecret(dataDir, 'secret', given)
    expect(made).toEqual({ value: expect.stringMatching(/^[\w-]{32}$/) as string, fresh: true })
    const file = path.join(dataDir, 'secret')
    expect(fs.readFileSync(file, 'utf8')).toBe(`${made.value}\n`)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(keptSecret(dataDir, 'secret', given)).toEqual({ value: made.value, fresh: false })
    expect(keptSecret(dataDir, 'another', given).value).not.toBe(made.value)
  })

  it('is the one of the process that was first, where two make it at once', () => {
    const existsSync = fs.existsSync
    fs.writeFileSync(path.join(folder, 'raced'), 'the first\n')
    fs.existsSync = () => false // as it looked before the other process wrote it
    try {
      expect(keptSecret(folder, 'raced', undefined)).toEqual({ value: 'the first', fresh: false })
    } finally {
      fs.existsSync = existsSync
    }
  })

  it('that cannot be kept is an error', () => {
    expect(() => keptSecret(folder, path.join('missing', 'secret'), undefined)).toThrow('ENOENT')
  })
})

describe('secrets', () => {
  it.each([
    ['same', 'same', true],
    ['same', 'same ', false],
    ['same', 'sam', false],
    ['', '', true],
    ['Same', 'same', false],
  ])('%j and %j are the same: %s', (given, wanted, isSame) => {
    expect(sameSecret(given, wanted)).toBe(isSame)
  })

  it('are hashed by SHA-256', () => {
    expect(sha256('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('a plugin', () => {
  const secrets = { current: 'the current one', legacy: 'the old one' }
  it.each([
    ['the current one', 'welcome'],
    ['the old one', 'welcome'],
    ['your_shared_secret', 'placeholder'],
    ['the current on', 'refused'],
    ['', 'refused'],
    [undefined, 'refused'],
  ])('received as %j is %s', (given, expected) => {
    expect(checkPluginSecret(given, secrets)).toBe(expected)
  })

  it('that is the old one is refused if no old one is accepted', () => {
    expect(checkPluginSecret('the old one', { current: 'the current one', legacy: undefined })).toBe('refused')
    expect(checkPluginSecret('undefined', { current: 'the current one', legacy: undefined })).toBe('refused')
  })
})
