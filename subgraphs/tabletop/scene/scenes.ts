// Scenes of game sessions: kept by name, one of them played.
import { fault } from '../../../shared/errors.ts'
import { mustBeUuid, type Context } from '../context.ts'
import type { SaveGmSceneInput } from '../generated/resolvers.ts'
import type { Reads } from '../session/store.ts'
import { changeTable, mustLead, type OpenTable } from '../table/change-table.ts'

const LONGEST_NAME = 80
const LONGEST_NOTES = 8_000
const MAX_SCENES = 200

export interface SceneRow {
  id: string
  name: string
  notes: string
  mapNotes: string
  savedAt: string
}

const SCENE = 'id, name, notes, map_notes as "mapNotes", saved_at as "savedAt"'
const NO_SCENE = 'There is no such scene in this session.'

/** The scenes of a session, by name. */
export async function listScenes(pool: Reads, sessionId: string): Promise<SceneRow[]> {
  const { rows } = await pool.query<SceneRow>(
    `select ${SCENE} from gm_scenes where session_id = $1 order by lower(name)`,
    [sessionId],
  )
  return rows
}

function check({ name, notes, mapNotes }: Required<Pick<SaveGmSceneInput, 'name' | 'notes' | 'mapNotes'>>): void {
  if (!name.trim() || name.length > LONGEST_NAME || /\p{Cc}/u.test(name) || !name.isWellFormed())
    throw fault('BAD_USER_INPUT', `A name has 1 to ${LONGEST_NAME} characters.`)
  for (const text of [notes, mapNotes])
    if (text.length > LONGEST_NOTES || text.includes('\0') || !text.isWellFormed())
      throw fault('BAD_USER_INPUT', `Notes have at most ${LONGEST_NOTES} characters.`)
}

/** Keeps a scene, and plays it if that is wanted. @throws BAD_USER_INPUT */
export const saveScene = (context: Context, input: SaveGmSceneInput): Promise<SceneRow> =>
  changeTable(context, input.sessionId, async (table) => {
    mustLead(table)
    const { name, notes = '', mapNotes = '', isPlayed = true } = input
    check({ name, notes, mapNotes })
    const { client, sessionId } = table
    const known = await listScenes(client, sessionId)
    const isNew = !known.some((one) => one.name.toLowerCase() === name.trim().toLowerCase())
    if (isNew && known.length >= MAX_SCENES)
      throw fault('BAD_USER_INPUT', `A session keeps at most ${MAX_SCENES} scenes: delete one first.`)
    const { rows } = await client.query<SceneRow>(
      `insert into gm_scenes (session_id, name, notes, map_notes) values ($1, $2, $3, $4)
       on conflict (session_id, lower(name)) do update
       set name = excluded.name, notes = excluded.notes, map_notes = excluded.map_notes, saved_at = now()
       returning ${SCENE}`,
      [sessionId, name.trim(), notes, mapNotes],
    )
    if (isPlayed) await play(table, rows[0]!)
    return rows[0]!
  })

/** Plays a scene that was kept. @throws NOT_FOUND */
export const loadScene = (context: Context, sessionId: string, sceneId: string): Promise<SceneRow> =>
  changeTable(context, sessionId, async (table) => {
    mustLead(table)
    mustBeUuid(sceneId, NO_SCENE)
    const { rows } = await table.client.query<SceneRow>(
      `select ${SCENE} from gm_scenes where session_id = $1 and id = $2`,
      [sessionId, sceneId],
    )
    if (!rows[0]) throw fault('NOT_FOUND', NO_SCENE)
    await play(table, rows[0])
    return rows[0]
  })

/** Deletes a scene; gives its id. @throws NOT_FOUND */
export const deleteScene = (context: Context, sessionId: string, sceneId: string): Promise<string> =>
  changeTable(context, sessionId, async (table) => {
    mustLead(table)
    mustBeUuid(sceneId, NO_SCENE)
    const { rowCount } = await table.client.query('delete from gm_scenes where session_id = $1 and id = $2', [
      sessionId,
      sceneId,
    ])
    if (!rowCount) throw fault('NOT_FOUND', NO_SCENE)
    return sceneId.toLowerCase()
  })

async function play({ client, sessionId, note }: OpenTable, { name, notes, mapNotes }: SceneRow): Promise<void> {
  await client.query('update gm_sessions set scene_name = $2, scene = $3, map_notes = $4 where id = $1', [
    sessionId,
    name,
    notes,
    mapNotes,
  ])
  note('SCENE', { content: `Scene: ${name}`, name, notes, mapNotes })
}
