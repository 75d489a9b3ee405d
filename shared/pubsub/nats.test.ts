import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { connect } from '@nats-io/transport-node'
import { pino } from 'pino'
import { register } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { hasNats, startNats } from '../testing/start-apart.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { until } from '../testing/until.ts'
import { natsFault } from './nats-access.ts'
import { testNatsPubSub } from './testing/test-nats.ts'

const refusals = async () => {
  const { values } = await register.getSingleMetric('overlord_pubsub_refused_total')!.get()
  return Object.fromEntries(values.map(({ labels, value }) => [labels['reason'], value]))
}

describe.skipIf(!hasNats)('[BUS1] what causes an action', () => {
  it('is taken only from a process with our key; the rest is counted, and logged once an hour', async () => {
    await using nats = await startNats()
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) })
    await using ours = await testNatsPubSub(nats.url, 'ours', { log })
    await using other = await testNatsPubSub(nats.url, 'other', { secret: randomBytes(16).toString('hex') })
    await using same = await testNatsPubSub(nats.url, 'same')
    const stranger = await connect({ servers: nats.url })
    const seen: unknown[] = []
    await ours.subscribe('plugin.command', (event) => void seen.push(event))
    await ours.subscribe('ev.rare.*', (event) => void seen.push(event))
    let recorded: Uint8Array | null = null
    // The stranger receives the forged messages too: it keeps the one to repeat.
    stranger.subscribe('plugin.command', {
      callback: (_, message) => {
        if (message.string().includes('/x')) recorded = message.data
      },
    })
    await stranger.flush()

    stranger.publish('plugin.command', '{"command":"/forged"}')
    stranger.publish('ev.rare.x', '{"cut off')
    other.publish('plugin.command', { command: '/of another house' })
    same.publish('plugin.command', { command: '/x' })
    await until('ours', () => seen.length === 1 && recorded !== null)
    stranger.publish('plugin.command', recorded!)
    await stranger.flush()
    same.publish('plugin.command', { command: '/last' })
    await until('the last', () => seen.length === 2)
    expect(seen).toEqual([{ command: '/x' }, { command: '/last' }])
    // The messages of other connections may arrive after the last of this one.
    await until(
      'the refusals',
      async () => Object.values(await refusals()).reduce((sum: number, n) => sum + Number(n), 0) === 4,
    )
    expect(await refusals()).toEqual({ forged: 2, repeated: 1, malformed: 1 })
    expect(lines).toHaveLength(3)
    await stranger.close()
  })
})

describe.skipIf(!hasNats)('[BUS2] a broker that asks who we are', () => {
  it.each([
    ['a user and a password', ['--user', 'overlord', '--pass', 'a password'], 'NATS_USER'],
    ['a token', ['--auth', 'a token'], 'NATS_TOKEN'],
  ])('takes %s, and refuses others with the settings to set', async (_, args, kind) => {
    await using nats = await startNats(args)
    const config =
      kind === 'NATS_USER' ? { NATS_USER: 'overlord', NATS_PASSWORD: 'a password' } : { NATS_TOKEN: 'a token' }
    await using bus = await testNatsPubSub(nats.url, 'with', { config })
    expect(bus.ready()).toBe(true)
    await expect(testNatsPubSub(nats.url, 'without')).rejects.toThrow(/refuses this process.*NATS_USER/)
    const wrong = kind === 'NATS_USER' ? { ...config, NATS_PASSWORD: 'wrong' } : { NATS_TOKEN: 'wrong' }
    await expect(testNatsPubSub(nats.url, 'wrong', { config: wrong })).rejects.toThrow(/refuses this process/)
  })

  it('is refused before the start when settings do not fit, or a file of theirs is missing', async () => {
    const file = path.join(await tempFolder('nats'), 'seed')
    await writeFile(file, 'no seed')
    expect(natsFault({ NATS_USER: 'a' })).toBe('NATS_USER and NATS_PASSWORD are needed together.')
    expect(natsFault({ NATS_TOKEN: 'a', NATS_NKEY: file })).toBe(
      'NATS_TOKEN and NATS_NKEY are set; only one of them can be used.',
    )
    expect(natsFault({ NATS_CERT: file })).toBe('NATS_CERT and NATS_KEY are needed together.')
    expect(natsFault({ NATS_CREDS: `${file}.creds` })).toMatch(/^NATS_CREDS, .*seed\.creds, cannot be read/)
    expect(natsFault({ NATS_URL: 'tls://here', NATS_CA: `${file}.pem` })).toMatch(/^NATS_CA, /)
    expect(natsFault({ NATS_URL: 'nats://here' })).toBeNull()
  })
})
