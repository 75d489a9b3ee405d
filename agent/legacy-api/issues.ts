import { LegacyApiIssuesDocument } from './issues.query.gen.ts'
import { LegacyApiCreateIssueDocument } from './create-issue.mutation.gen.ts'
import { LegacyApiChangeIssueDocument } from './change-issue.mutation.gen.ts'
import { LegacyApiCommentDocument } from './comment.mutation.gen.ts'
import { LegacyApiDeleteIssueDocument } from './delete-issue.mutation.gen.ts'
// The original's issue board, over the guild's.
import { z } from 'zod'
import { allPages } from './ask.ts'
import { endpoint } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'
interface Note {
  id: string
  title: string
  body: string
  state: 'OPEN' | 'DONE'
  author: string
  createdAt: string
  changedAt: string
  comments: { nodes: { id: string; text: string; author: string; createdAt: string }[] }
}
const issue = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  resolved: z.boolean(),
  author: z.string(),
  created: moment,
  updated: moment,
  comments: z.array(z.object({ id: z.string(), author: z.string(), text: z.string(), created: moment })),
})
const issueOf = (note: Note): z.input<typeof issue> => ({
  id: note.id,
  title: note.title,
  description: note.body,
  resolved: note.state === 'DONE',
  author: note.author,
  created: isoformat(note.createdAt),
  updated: isoformat(note.changedAt),
  comments: note.comments.nodes.map(({ id, author, text, createdAt }) => ({
    id,
    author,
    text,
    created: isoformat(createdAt),
  })),
})

const family = 'Issues'
const MAX_NOTES = 1_000

export const listIssues = endpoint({
  path: '/issues',
  family,
  says: `The guild’s board, newest first: at most ${MAX_NOTES}.`,
  answer: z.object({ issues: z.array(issue) }),
  async run(_, ask) {
    const notes = await allPages<Note>(
      MAX_NOTES,
      async (after) => (await ask(LegacyApiIssuesDocument, { after })).board,
    )
    return { issues: notes.map(issueOf) }
  },
})

export const createIssue = endpoint({
  method: 'POST',
  path: '/issues',
  family,
  who: 'operator',
  says: 'Puts something on the board.',
  body: z.object({ title: z.string(), description: z.string().default('') }),
  answer: issue,
  async run({ body }, ask) {
    const input = { title: body.title, body: body.description }
    const { createNote } = await ask(LegacyApiCreateIssueDocument, { input })
    return issueOf(createNote.note)
  },
})

export const changeIssue = endpoint({
  method: 'PATCH',
  path: '/issues/{id}',
  family,
  who: 'operator',
  says: 'Changes what the board says, or that it is done with.',
  body: z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    resolved: z.boolean().optional(),
  }),
  answer: issue,
  async run({ path: { id }, body: { title, description, resolved } }, ask) {
    const state = resolved === undefined ? undefined : resolved ? ('DONE' as const) : ('OPEN' as const)
    const input = { id, title, body: description, state }
    const { updateNote } = await ask(LegacyApiChangeIssueDocument, { input })
    return issueOf(updateNote.note)
  },
})

export const commentOnIssue = endpoint({
  method: 'POST',
  path: '/issues/{id}/comments',
  family,
  who: 'operator',
  says: 'Says something about an entry of the board.',
  body: z.object({ text: z.string() }),
  answer: issue,
  async run({ path: { id }, body: { text } }, ask) {
    const { commentOnNote } = await ask(LegacyApiCommentDocument, { input: { noteId: id, text } })
    return issueOf(commentOnNote.note)
  },
})

export const deleteIssue = endpoint({
  method: 'DELETE',
  path: '/issues/{id}',
  family,
  who: 'admin',
  says: 'Takes an entry off the board, with its comments.',
  answer: z.object({ deleted: z.string() }),
  async run({ path: { id } }, ask) {
    const { deleteNote } = await ask(LegacyApiDeleteIssueDocument, { input: { id } })
    return { deleted: deleteNote.deletedNoteId }
  },
})
