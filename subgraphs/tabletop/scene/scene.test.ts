import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable } from '../testing/table.ts'
import { tableState } from '../turn/table-state.ts'

const SAVE = `mutation ($input: SaveGmSceneInput!) { saveGmScene(input: $input) { scene { id name } } }`
const LOAD = `mutation ($input: LoadGmSceneInput!) { loadGmScene(input: $input) { scene { id } } }`
const DELETE = `mutation ($input: DeleteGmSceneInput!) { deleteGmScene(input: $input) { deletedSceneId } }`
const SCENES = `query ($id: ID!) { gmSession(id: $id) { sceneName scene mapNotes scenes { id name notes } } }`

interface Shown {
  sceneName: string
  scene: string
  mapNotes: string
  scenes: { id: string; name: string; notes: string }[] | null
}

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

const aSession = async (): Promise<string> => (await table.game(leader, player)).id
const save = (viewer: Viewer, sessionId: string, scene: object) =>
  table.ask<{ saveGmScene: { scene: { id: string } } }>(viewer, SAVE, { input: { sessionId, ...scene } })
const shown = async (viewer: Viewer, id: string) =>
  (await table.ask<{ gmSession: Shown }>(viewer, SCENES, { id })).data.gmSession

describe('scenes', () => {
  it('[TAB55] are saved, listed and played, and the narration gets the one that is played', async () => {
    const id = await aSession()
    await save(leader, id, { name: 'The dock', notes: 'Rain. Two crates.', mapNotes: 'North: a gate' })
    const later = await save(leader, id, { name: 'The bar', notes: 'Smoke', isPlayed: false })
    expect(await shown(leader, id)).toMatchObject({
      sceneName: 'The dock',
      scene: 'Rain. Two crates.',
      mapNotes: 'North: a gate',
      scenes: [{ name: 'The bar' }, { name: 'The dock' }],
    })
    await table.ask(leader, LOAD, { input: { sessionId: id, sceneId: later.data.saveGmScene.scene.id } })
    expect(await tableState(table.pool, id)).toMatchObject({ sceneName: 'The bar', scene: 'Smoke', mapNotes: '' })
    expect((await table.events(player, id)).at(-1)).toMatchObject({ kind: 'SCENE', payload: { name: 'The bar' } })
  })

  it('[TAB55] are replaced by name in any case, and deleted', async () => {
    const id = await aSession()
    await save(leader, id, { name: 'The dock', notes: 'one' })
    await save(leader, id, { name: 'THE DOCK', notes: 'two' })
    const [only] = (await shown(leader, id)).scenes!
    expect(only).toMatchObject({ name: 'THE DOCK', notes: 'two' })
    const input = { sessionId: id, sceneId: only!.id }
    await table.ask(leader, DELETE, { input })
    expect((await shown(leader, id)).scenes).toEqual([])
    expect((await table.ask(leader, LOAD, { input })).code).toBe('NOT_FOUND')
  })

  it('[TAB55] that are not played are for the game master alone, and nobody else writes them', async () => {
    const id = await aSession()
    await save(leader, id, { name: 'Ambush', notes: 'a surprise', isPlayed: false })
    expect((await shown(player, id)).scenes).toBeNull()
    expect(JSON.stringify(await table.events(player, id))).not.toContain('Ambush')
    expect(JSON.stringify(await tableState(table.pool, id))).not.toContain('surprise')
    expect((await save(player, id, { name: 'Mine' })).code).toBe('FORBIDDEN')
    const other = await table.session(leader)
    const sceneId = (await shown(leader, id)).scenes![0]!.id
    expect((await table.ask(leader, LOAD, { input: { sessionId: other.id, sceneId } })).code).toBe('NOT_FOUND')
  })

  it.each([{ name: ' ' }, { name: 'x'.repeat(81) }, { name: 'a\u0000' }, { name: 'a', notes: 'x'.repeat(8_001) }])(
    '[TAB55] with wrong names or notes are refused',
    async (scene) => {
      expect((await save(leader, await aSession(), scene)).code).toBe('BAD_USER_INPUT')
    },
  )
})
