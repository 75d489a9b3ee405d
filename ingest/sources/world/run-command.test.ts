import { expect, it } from 'vitest'
import type { WorldCommand } from '../../../shared/contract/world-commands.ts'
import { runCommand } from './run-command.ts'
import { sightOf } from './sight.ts'
import type { WorldSource } from './world-source.ts'

/** A world that takes every order, and has columns only near its middle. */
const world = (kind: WorldSource['kind']): WorldSource => ({
  name: 'test',
  kind,
  intervalMs: 1,
  start: () => ({ [Symbol.asyncDispose]: () => Promise.resolve() }),
  players: () => [],
  place: () => ({ x: 0, y: 64, z: 0 }),
  follow: () => true,
  goTo: () => true,
  scan: (area) => Promise.resolve(sightOf(area, (x) => (Math.abs(x) > 50 ? null : { block: 'stone' }), [])),
  dispatch: () => null,
})
const look = (x: number, action: WorldCommand['action'] = 'LOOK'): WorldCommand => ({
  id: '1',
  world: 'test',
  action,
  target: null,
  center: { x, y: null, z: 0 },
  radius: 1,
})

it('a look is refused where nothing was loaded after the teleport, and a scan reports that', async () => {
  expect(await runCommand(world('MINECRAFT'), look(0))).toMatchObject({ ok: true, sight: { loaded: 9, columns: 9 } })
  expect(await runCommand(world('MINECRAFT'), look(500))).toEqual({
    ok: false,
    message: expect.stringMatching(/refused to teleport the bot.*spectator/) as string,
    sight: null,
  })
  expect(await runCommand(world('MINECRAFT'), look(500, 'SCAN'))).toMatchObject({ ok: true, sight: { loaded: 0 } })
})

it('a look in a world without blocks is none the worse', async () => {
  expect(await runCommand(world('DERETH'), look(500))).toMatchObject({ ok: true, sight: { loaded: 0 } })
})
