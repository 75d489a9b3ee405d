import DataLoader from 'dataloader'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { transaction, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { likeText, readCursor, type Page } from '../../../shared/serve/connection.ts'

export interface NoteRow {
  id: string
  title: string
  body: string
  done: boolean
  author: string
  createdAt: string
  changedAt: string
  commentCount: number
}

export interface CommentRow {
  id: string
  note: string
  text: string
  author: string
  createdAt: string
}

/** How many comments a note may have. */
export const MAX_COMMENTS = 500

const SELECT = `
  select n.id::text as id, n.title, n.body, n.done, n.author_name as author, n.created_at as "createdAt", n.changed_at
  as "changedAt",
    (select count(*) from board_comments c where c.note_id = n.id) as "commentCount"
  from board_notes n`

const COMMENT = 'id::text as id, note_id::text as note, text, author_name as author, created_at as "createdAt"'

/** Comments of notes by the notes' ids, oldest first. */
export function commentsLoader(pool: Pool) {
  return new DataLoader<string, CommentRow[]>(async (notes) => {
    const { rows } = await pool.query<CommentRow>(
      `select ${COMMENT}
       from board_comments where note_id = any($1::bigint[]) order by board_comments.id`,
      [notes],
    )
    const byNote = new Map<string, CommentRow[]>(notes.map((note) => [note, []]))
    for (const row of rows) byNote.get(row.note)!.push(row)
    return notes.map((note) => byNote.get(note)!)
  })
}

/** One note; null when there is none of this id. */
export async function findNote(pool: Pool, id: string): Promise<NoteRow | null> {
  if (!/^\d{1,18}$/.test(id)) return null
  return (await pool.query<NoteRow>(`${SELECT} where n.id = $1`, [id])).rows[0] ?? null
}

/** A page of notes, newest first, one row more than asked for when more follow, and how many match. */
export async function listNotes(
  pool: Pool,
  where: { done: boolean | null; text: string | null },
  page: Page,
): Promise<{ rows: NoteRow[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const filter = '($1::boolean is null or n.done = $1) and ($2::text is null or n.title ilike $2 or n.body ilike $2)'
  const values = [where.done, where.text === null ? null : likeText(where.text)]
  const [rows, count] = await Promise.all([
    pool.query<NoteRow>(`${SELECT} where ${filter} and ($3::bigint is null or n.id < $3) order by n.id desc limit $4`, [
      ...values,
      after?.[0] ?? null,
      page.first + 1,
    ]),
    pool.query<{ count: number }>(`select count(*) from board_notes n where ${filter}`, values),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** Puts a note on the board; gives its id. */
export async function addNote(pool: Pool, { kind, id, name }: Viewer, title: string, body: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into board_notes (title, body, author_kind, author_id, author_name) values ($1, $2, $3, $4, $5)
     returning id::text as id`,
    [title, body, kind, id, name],
  )
  return rows[0]!.id
}

/** Changes what is given; false when there is no such note. */
export async function changeNote(
  pool: Pool,
  id: string,
  { title, body, done }: { title: string | null; body: string | null; done: boolean | null },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update board_notes set title = coalesce($2, title), body = coalesce($3, body), done = coalesce($4, done),
      changed_at = now()
     where id = $1`,
    [id, title, body, done],
  )
  return Boolean(rowCount)
}

/**
 * Adds a comment to a note; null when there is no such note.
 * @throws BAD_USER_INPUT when the note already has the maximum
 */
export async function addComment(
  pool: Pool,
  { kind, id, name }: Viewer,
  note: string,
  text: string,
): Promise<CommentRow | null> {
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query('update board_notes set changed_at = now() where id = $1', [note])
    if (!rowCount) return null // else its row is locked: comments are counted one at a time
    const count = await client.query<{ count: number }>('select count(*) from board_comments where note_id = $1', [
      note,
    ])
    if (count.rows[0]!.count >= MAX_COMMENTS)
      throw fault('BAD_USER_INPUT', `This note has ${MAX_COMMENTS} comments already. Write a new note.`)
    const { rows } = await client.query<CommentRow>(
      `insert into board_comments (note_id, text, author_kind, author_id, author_name) values ($1, $2, $3, $4, $5)
       returning ${COMMENT}`,
      [note, text, kind, id, name],
    )
    return rows[0]!
  })
}

/** Removes a note and its comments; false when there is no such note. */
export async function deleteNote(pool: Pool, id: string): Promise<boolean> {
  return Boolean((await pool.query('delete from board_notes where id = $1', [id])).rowCount)
}

/** Removes a comment; gives the id of its note, null when there is no such comment. */
export async function deleteComment(pool: Pool, id: string): Promise<string | null> {
  const { rows } = await pool.query<{ note: string }>(
    'delete from board_comments where id = $1 returning note_id::text as note',
    [id],
  )
  return rows[0]?.note ?? null
}
