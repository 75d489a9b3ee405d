import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { processes } from '../rooms.ts'
import { allSettings } from '../scripts/settings/collect.ts'
import { envExample, readmeWith } from '../scripts/settings/documents.ts'
import { common } from '../shared/settings/common.ts'
import { word } from '../shared/settings/readers.ts'
import { readConfig, setting, type Settings } from '../shared/settings/setting.ts'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
let settings: Settings
beforeAll(async () => {
  settings = await allSettings()
})

describe('settings', () => {
  it('apply as their default says: a value in the table is read as nothing is', () => {
    for (const [name, declared] of Object.entries(settings)) {
      const [, value] = /^`([^`]*)`$/.exec(declared.fallback) ?? []
      const of = (env: Record<string, string>) => readConfig({ [name]: declared }, env)
      expect(of({ [name]: value ?? '' }), name).toEqual(of({}))
    }
  })

  it('of ports have a default each of its own: all rooms and the Discord bot run on one machine', () => {
    const defaults = Object.entries(settings)
      .filter(([name]) => name.endsWith('_PORT'))
      .map(([name, declared]) => readConfig({ [name]: declared }, {})[name])
    expect(defaults.length).toBeGreaterThan(processes.length)
    expect(new Set(defaults).size).toBe(defaults.length)
  })

  it('are described, and read only by the room that declares them: compose gives no unknown setting', async () => {
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment: Record<string, string> }>
    }
    for (const room of processes) {
      const known = new Set([
        ...Object.keys(common),
        ...Object.keys((await room.settings?.()) ?? {}),
        room.port.setting,
      ])
      const given = Object.keys(services[room.name]!.environment)
      const urls = room.name === 'gateway' ? given.filter((name) => name.endsWith('_URL')) : []
      expect(given.filter((name) => !known.has(name) && !urls.includes(name))).toEqual([])
    }
    for (const { about } of Object.values(settings)) expect(about.length).toBeGreaterThan(10)
  })

  it('are reported all at once where they are not usable, by name and without a value', () => {
    const given = { PORT: 'four', LOG_LEVEL: 'loud', SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://x' }
    const message = (() => {
      try {
        return JSON.stringify(readConfig(settings, given))
      } catch (error) {
        return (error as Error).message
      }
    })()
    expect(message.split('\n').sort()).toEqual([
      '  DATABASE_URL: must be a URL that begins with postgres:// or postgresql://',
      '  LOG_LEVEL: must be debug, info, warn, error or silent',
      '  PORT: must be a port number',
      '  SECRET_KEY: must have at least 16 characters',
      'See the configuration table in README.md.',
      'Settings are not usable:',
    ])
  })

  it('are in README.md and .env.example as they are declared, and a drift is seen', () => {
    expect(readmeWith(read('README.md'), settings)).toBe(read('README.md'))
    expect(envExample(read('docker-compose.yml'), settings)).toBe(read('.env.example'))
    const more = { ...settings, NEW: setting(word(['a', 'b'], 'a'), 'something new', { fallback: '`a`' }) }
    expect(readmeWith(read('README.md'), more)).toContain('| `NEW` | `a` | something new |')
    const compose = "services: { one: { environment: { NEW: '${NEW:-b}' } } }"
    expect(() => envExample(compose, more)).toThrow('another default for NEW')
    expect(envExample(compose.replace(':-b', ':-a'), more)).toContain('# Something new.\nNEW=a\n')
  })
})
