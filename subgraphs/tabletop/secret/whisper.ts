import { fault } from '../../../shared/errors.ts'
import { isUuid, type Context } from '../context.ts'
import type { GmWhisperInput } from '../generated/resolvers.ts'
import { listMembers } from '../session/store.ts'
import { changeTable } from '../table/change-table.ts'

const LONGEST_MESSAGE = 4_000

/** Sends a message to one member; gives their name. @throws BAD_USER_INPUT, NOT_FOUND for who is no member */
export const whisper = (context: Context, { sessionId, userId, message }: GmWhisperInput): Promise<string> =>
  changeTable(context, sessionId, async ({ client, onlooker, note }) => {
    const text = message.trim().toWellFormed()
    if (!text || message.length > LONGEST_MESSAGE || message.includes('\0'))
      throw fault('BAD_USER_INPUT', 'A message has 1 to 4,000 characters.')
    const members = isUuid(userId) ? await listMembers(client, sessionId) : []
    const receiver = members.find((one) => one.userId === userId.toLowerCase())
    if (!receiver) throw fault('NOT_FOUND', 'There is no such member.')
    if (receiver.userId === onlooker.userId) throw fault('BAD_USER_INPUT', 'A message is for somebody else.')
    const { name: to } = receiver
    note('WHISPER', { content: text, by: context.viewer.name, to }, [onlooker.userId, receiver.userId])
    return to
  })
