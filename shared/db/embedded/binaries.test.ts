import { chmodSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.ts'
import { complete } from './binaries.ts'

const NOBODY = 65_534
let folder: string
let native: string
beforeEach(async () => {
  folder = await tempFolder('binaries')
  native = path.join(folder, 'native')
  mkdirSync(path.join(native, 'bin'), { recursive: true })
  writeFileSync(path.join(native, 'bin', 'postgres'), '')
  chmodSync(path.join(native, 'bin', 'postgres'), 0o600)
  writeFileSync(path.join(native, 'libpq.so.5.18'), '')
  const links = [{ source: 'native/libpq.so.5.18', target: 'native/libpq.so.5' }]
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify(links))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Completes it as a user that may read the package, and not write it. */
function completeAsAnother(): void {
  chmodSync(folder, 0o755)
  const isRoot = process.geteuid!() === 0
  if (isRoot) process.seteuid!(NOBODY)
  else for (const one of [native, path.join(native, 'bin')]) chmodSync(one, 0o555)
  try {
    complete(native)
  } finally {
    if (isRoot) process.seteuid!(0)
    else for (const one of [native, path.join(native, 'bin')]) chmodSync(one, 0o755)
  }
}

describe('[OPS22] a package of Postgres of which npm skipped the install script', () => {
  it('is completed', () => {
    complete(native)
    expect(lstatSync(path.join(native, 'libpq.so.5')).isSymbolicLink()).toBe(true)
    expect(lstatSync(path.join(native, 'bin', 'postgres')).mode & 0o555).toBe(0o555)
  })

  it('and that this user may not write is said with the way out', () => {
    expect(completeAsAnother).toThrow(/not complete.*npm run doctor once as the user that installed Overlord/)
  })

  it('is left alone where all is there, whoever owns it', () => {
    complete(native)
    expect(completeAsAnother).not.toThrow()
  })
})
