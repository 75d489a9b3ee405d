import { fault } from '../../../shared/errors.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { addComment, addNote, changeNote, findNote, listNotes, type NoteRow } from './store.ts'

const MAX_PAGE_SIZE = 200
const NO_NOTE = 'There is no such note.'

/** Text as it is kept. Refuses what is too long or, where something must be said, empty. */
function mustBeText(what: string, text: string, least: number, most: number): string {
  const kept = text.trim().toWellFormed()
  if (kept.length < least || kept.length > most)
    throw fault('BAD_USER_INPUT', `A ${what} has ${least} to ${most} characters.`)
  return kept
}
const title = (text: string) => mustBeText('title', text, 1, 200)
const body = (text: string) => mustBeText('body', text, 0, 10_000)
const stateOf = (done: boolean) => (done ? ('DONE' as const) : ('OPEN' as const))

function mustBeNumber(id: string, message: string): void {
  if (!/^\d{1,18}$/.test(id)) throw fault('NOT_FOUND', message)
}

async function mustFind({ pool }: Context, id: string): Promise<NoteRow> {
  const note = await findNote(pool, id)
  if (!note) throw fault('NOT_FOUND', NO_NOTE)
  return note
}

async function remove({ pool }: Context, table: string, id: string, message: string): Promise<string> {
  mustBeNumber(id, message)
  const { rowCount } = await pool.query(`delete from ${table} where id = $1`, [id])
  if (!rowCount) throw fault('NOT_FOUND', message)
  return id
}

export const boardResolvers: Resolvers = {
  Query: {
    async board(_, { where, ...page }, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const done = where?.state == null ? null : where.state === 'DONE'
      const { rows, totalCount } = await listNotes(pool, { done, text: where?.text ?? null }, page)
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
    boardNote: (_, { id }, { pool }) => findNote(pool, id),
  },
  BoardNote: {
    state: ({ done }) => stateOf(done),
    comments: ({ id }, _, { load }) => load.comments.load(id),
  },
  Mutation: {
    async createNote(_, note, context) {
      const id = await addNote(context.pool, context.viewer, title(note.title), body(note.body))
      return mustFind(context, id)
    },
    async updateNote(_, { id, ...note }, context) {
      mustBeNumber(id, NO_NOTE)
      await changeNote(context.pool, id, {
        title: note.title == null ? null : title(note.title),
        body: note.body == null ? null : body(note.body),
        done: note.state == null ? null : note.state === 'DONE',
      })
      return mustFind(context, id)
    },
    async commentOnNote(_, { id, text }, context) {
      mustBeNumber(id, NO_NOTE)
      await addComment(context.pool, context.viewer, id, mustBeText('comment', text, 1, 4_000))
      return mustFind(context, id)
    },
    deleteNote(_, { id }, context) {
      return remove(context, 'board_notes', id, NO_NOTE)
    },
    deleteComment(_, { id }, context) {
      return remove(context, 'board_comments', id, 'There is no such comment.')
    },
  },
}
