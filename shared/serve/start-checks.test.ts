import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import { checkDisk, checkFolder, checkNode, checkPort, misspelledSettings, refuseFaults } from './start-checks.ts'

let folder: string
beforeAll(async () => void (folder = await tempFolder('checks')))
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('[OPS12] before anything is made', () => {
  it('a port that is taken is named, with the setting that changes it', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const names = { port: 'GUILD_PORT', host: 'HOST' }
    expect(await checkPort('127.0.0.1', port, names)).toMatch(new RegExp(`Port ${port} is taken. Set GUILD_PORT`))
    await new Promise((resolve) => other.close(resolve))
    expect(await checkPort('127.0.0.1', port)).toBeNull()
    expect(await checkPort('127.0.0.1', 0)).toBeNull()
  })

  it.each(['203.0.113.7', 'no-such-host.invalid'])(
    'an address that is not of this machine is named: %s',
    async (host) => {
      expect(await checkPort(host, 0)).toMatch(/HOST is .* no address of this machine. Set it to 127.0.0.1/)
    },
  )

  it('a folder is made, one that is a file is refused', () => {
    expect(checkFolder(path.join(folder, 'a', 'b'))).toBeNull()
    writeFileSync(path.join(folder, 'file'), '')
    expect(checkFolder(path.join(folder, 'file'))).toMatch(/is no folder.*Set DATA_DIR to another one/)
    expect(checkFolder(path.join(folder, 'file', 'below'))).toMatch(/is no folder/)
  })

  it.skipIf(process.getuid?.() === 0)('a folder that may not be written is refused', () => {
    const locked = path.join(folder, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o500)
    expect(checkFolder(locked)).toMatch(/may not be written by this user/)
  })

  it.skipIf(process.platform !== 'linux')('a place where no folder can be made is refused', () => {
    expect(checkFolder('/proc/overlord/data')).toMatch(/DATA_DIR, \/proc\/overlord\/data, cannot be used/)
  })

  it('a disk with room is accepted', () => expect(checkDisk(folder, true)).toBeNull())

  it.each([
    ['18.20.1', '>=20.19', /This is Node 18.20.1; Overlord needs >=20.19/],
    ['20.18.9', '>=20.19', /20.18.9/],
    ['20.19.0', '>=20.19', null],
    ['22.1.0', '>=20.19', null],
  ])('Node %s against %s', (version, needed, expected) => {
    const found = checkNode(version, needed)
    if (expected) expect(found).toMatch(expected)
    else expect(found).toBeNull()
  })

  it('variables that are nearly settings are named with what was meant, others are left alone', () => {
    const known = new Set(['DATABASE_URL', 'PORT', 'HOST', 'RETENTION', 'METRICS_TOKEN', 'SHARED_SECRET'])
    const env = { DATABSE_URL: 'x', retention: 'x', 'METRICS-TOKEN': 'x', HOME: 'x', SHELL: 'x', PATH: 'x', PORT: '1' }
    expect(misspelledSettings(env, known)).toEqual([
      { name: 'DATABSE_URL', meant: 'DATABASE_URL' },
      { name: 'retention', meant: 'RETENTION' },
      { name: 'METRICS-TOKEN', meant: 'METRICS_TOKEN' },
    ])
  })

  it('all faults are named at once', async () => {
    await expect(refuseFaults(['one', null, Promise.resolve('two')])).rejects.toThrow('one\n  two')
    await refuseFaults([null])
  })
})
