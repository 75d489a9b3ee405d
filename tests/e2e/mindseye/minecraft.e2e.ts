// The world of a real Minecraft server, as the graph shows it.
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import {
  freePort,
  installMinecraft,
  joinGame,
  MINECRAFT_FOLDER,
  startGameServer,
  type GameServer,
  type Player,
} from '../../minecraft/game-server.ts'

interface View {
  connected: boolean
  focus: string | null
  palette: string[]
  runs: number[]
  entities: { kind: string; name: string; x: number; y: number; z: number; health: number | null }[]
}

const stops: (() => unknown)[] = []
beforeAll(() => installMinecraft(), 320_000)
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function startServer(version: string, port: number, players?: 'guests'): Promise<GameServer> {
  const server = await startGameServer(version, port, players)
  stops.push(() => server.kill())
  return server
}

async function startWith(port: number, env: Record<string, string> = {}): Promise<TestOverlord> {
  const overlord = await startOverlord({
    env: {
      WORLD: 'minecraft',
      MINECRAFT_SERVER: `127.0.0.1:${port}`,
      MINECRAFT_LIBRARY: MINECRAFT_FOLDER,
      AGENT: 'off',
      ...env,
    },
  })
  stops.push(() => overlord[Symbol.asyncDispose]())
  return overlord
}

async function join(port: number, version: string, username: string): Promise<Player> {
  const player = await joinGame(port, version, username)
  stops.push(() => player.quit())
  return player
}

const squareOf = async (overlord: TestOverlord, center: string | null = null, radius = 16) => {
  const at = center === null ? '' : `, center: ${center}`
  const { data } = await overlord.graph<{ worldSnapshot: View | null }>(
    `{ worldSnapshot(world: "minecraft"${at}, radius: ${radius}) {
      connected focus palette runs entities { kind name x y z health } } }`,
  )
  return data.worldSnapshot
}
const columns = ({ runs }: View) => runs.reduce((sum, value, at) => (at % 5 === 2 ? sum + value : sum), 0)
const blockAt = ({ runs, palette }: View, x: number, z: number) => {
  for (let at = 0; at < runs.length; at += 5)
    if (runs[at + 1] === z && runs[at]! <= x && x < runs[at]! + runs[at + 2]!)
      return { y: runs[at + 3], block: palette[runs[at + 4]!] }
  return null
}
const command = async (overlord: TestOverlord, input: string) => {
  const { data } = await overlord.graph<{
    commandWorld: { ok: boolean; message: string; sight: { loaded: number; columns: number } | null }
  }>(`mutation { commandWorld(input: { world: "minecraft", ${input} }) { ok message sight { loaded columns } } }`)
  return data.commandWorld
}

describe.each(['1.20', '1.21.4'])('a Minecraft server of version %s', (version) => {
  it('shows its surface, blocks that change, and players, and its bot goes where it is sent', async () => {
    const port = await freePort()
    await startServer(version, port)
    const overlord = await startWith(port, { MINECRAFT_VERSION: version })
    await until(
      'the surface',
      async () => {
        const view = await squareOf(overlord)
        return view !== null && view.connected && columns(view) === 33 * 33
      },
      30_000,
    )
    // This server names to a player only those who join later.
    const player = await join(port, version, 'SwiftWolf')
    const bot = (await squareOf(overlord))!.entities.find(({ kind }) => kind === 'BOT')!
    expect(bot.name).toBe('OracleBot')

    const [x, z] = [Math.floor(bot.x) + 3, Math.floor(bot.z) + 3]
    const before = blockAt((await squareOf(overlord))!, x, z)!
    player.chat(`/setblock ${x} ${before.y! + 2} ${z} 1`)
    await until('the new block', async () => blockAt((await squareOf(overlord))!, x, z)!.y === before.y! + 2)
    player.chat(`/setblock ${x} ${before.y! + 2} ${z} 0`)
    await until('its removal', async () => blockAt((await squareOf(overlord))!, x, z)!.y === before.y)
    expect(blockAt((await squareOf(overlord))!, x, z)).toEqual(before)

    await until('the player, and its health', async () =>
      (await squareOf(overlord, `{x: ${x}, z: ${z}}`, 48))!.entities.some(
        ({ kind, name, health }) => kind === 'PLAYER' && name === 'SwiftWolf' && health === 13.5,
      ),
    )
    expect(await command(overlord, 'action: FOLLOW, target: "swiftwolf"')).toMatchObject({ ok: true })
    expect(await command(overlord, 'action: FOLLOW, target: "nobody"')).toMatchObject({ ok: false })

    const looked = await command(overlord, `action: LOOK, center: { x: ${x + 60}, z: ${z} }, radius: 4`)
    expect(looked).toMatchObject({ ok: true, sight: { columns: 81 } })
    await until('the bot there', async () => {
      const there = (await squareOf(overlord))!.entities.find(({ kind }) => kind === 'BOT')
      return there !== undefined && Math.abs(there.x - x - 60) < 2
    })
  }, 90_000)
})

describe('a Minecraft world', () => {
  it('says that it is away when its server is killed, keeps what it showed, and comes back with it', async () => {
    const [port, version] = [await freePort(), '1.20']
    const server = await startServer(version, port)
    const overlord = await startWith(port, { MINECRAFT_VERSION: version })
    await until('the surface', async () => columns((await squareOf(overlord)) ?? ({ runs: [] } as never)) > 500, 30_000)
    await server.kill()
    await until('away', async () => (await squareOf(overlord))!.connected === false, 30_000)
    expect(columns((await squareOf(overlord))!)).toBeGreaterThan(500)
    await startServer(version, port)
    await until('back', async () => (await squareOf(overlord))!.connected, 60_000)
  }, 150_000)

  it('is shown by a bot that may be no spectator and goes nowhere, which is said', async () => {
    const [port, version] = [await freePort(), '1.20']
    await startServer(version, port, 'guests')
    const overlord = await startWith(port, { MINECRAFT_VERSION: version })
    await until('the message', () => overlord.output().includes('the bot may not become a spectator'), 30_000)
    const view = (await squareOf(overlord))!
    expect(view.connected).toBe(true)
    expect(columns(view)).toBe(33 * 33)
    const bot = view.entities.find(({ kind }) => kind === 'BOT')!
    const far = await command(overlord, `action: LOOK, center: { x: ${Math.floor(bot.x) + 4_000}, z: 0 }, radius: 4`)
    expect(far).toMatchObject({ ok: false, message: expect.stringMatching(/refused to teleport the bot/), sight: null })
    const near = await command(overlord, 'action: SCAN, radius: 4')
    expect(near).toMatchObject({ ok: true, sight: { loaded: 81, columns: 81 } })
    const after = (await squareOf(overlord))!
    expect(after.connected).toBe(true)
    expect(Math.abs(after.entities.find(({ kind }) => kind === 'BOT')!.x - bot.x)).toBeLessThan(2)
  }, 90_000)

  it('is missing, and says how to add it, where its package is not installed; everything else works', async () => {
    const overlord = await startWith(1, { MINECRAFT_LIBRARY: '/nowhere' })
    await until('the message', () => overlord.output().includes('npm install mineflayer@4.39.0'))
    const { data } = await overlord.graph<{ worlds: unknown[]; me: { name: string } }>(
      '{ worlds { name } me { name } }',
    )
    expect(data).toMatchObject({ worlds: [], me: { name: 'admin' } })
    const refused = await command(overlord, 'action: SCAN')
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining('npm install mineflayer@4.39.0') })
  })
})
