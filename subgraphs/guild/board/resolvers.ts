import { fault } from '../../../shared/errors.ts'
import { checkPage, connection, readCursor, readLastSeen } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import {
  addComment,
  addNote,
  changeNote,
  deleteComment,
  deleteNote,
  findNote,
  listNotes,
  MAX_COMMENTS,
  type NoteRow,
} from './store.ts'

const MAX_PAGE_SIZE = 200
const NO_NOTE = 'There is no such note.'
const NO_COMMENT = 'There is no such comment.'

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
    async comments({ id }, page, { load }) {
      checkPage(page, MAX_COMMENTS)
      const [after = '0'] = readCursor(page.after, 1) ?? []
      const last = readLastSeen(String(after), 'a comment')
      const comments = await load.comments.load(id)
      const rows = comments.filter((comment) => BigInt(comment.id) > last)
      return { ...connection(rows, page, (comment) => [comment.id]), totalCount: comments.length }
    },
  },
  Mutation: {
    async createNote(_, { input }, context) {
      const id = await addNote(context.pool, context.viewer, title(input.title), body(input.body!))
      return { note: await mustFind(context, id) }
    },
    async updateNote(_, { input: { id, ...note } }, context) {
      mustBeNumber(id, NO_NOTE)
      await changeNote(context.pool, id, {
        title: note.title == null ? null : title(note.title),
        body: note.body == null ? null : body(note.body),
        done: note.state == null ? null : note.state === 'DONE',
      })
      return { note: await mustFind(context, id) }
    },
    async commentOnNote(_, { input: { noteId, text } }, context) {
      mustBeNumber(noteId, NO_NOTE)
      const comment = await addComment(context.pool, context.viewer, noteId, mustBeText('comment', text, 1, 4_000))
      if (!comment) throw fault('NOT_FOUND', NO_NOTE)
      return { comment, note: await mustFind(context, noteId) }
    },
    async deleteNote(_, { input: { id } }, context) {
      mustBeNumber(id, NO_NOTE)
      if (!(await deleteNote(context.pool, id))) throw fault('NOT_FOUND', NO_NOTE)
      return { deletedNoteId: id }
    },
    async deleteComment(_, { input: { id } }, context) {
      mustBeNumber(id, NO_COMMENT)
      const noteId = await deleteComment(context.pool, id)
      if (!noteId) throw fault('NOT_FOUND', NO_COMMENT)
      return { deletedCommentId: id, note: await mustFind(context, noteId) }
    },
  },
}
