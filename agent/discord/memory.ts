// What the bot knows after a restart: kept in the graph, under its own token.
import type { Log } from '../../shared/log.ts'
import type { GraphClient } from '../graph/client.ts'
import type { Plan } from './channel-queue.ts'
import { POST_KINDS, type PostKind } from './posts/post.ts'
import { DiscordStoreValueDocument } from './store-value.mutation.gen.ts'
import { DiscordStoredValuesDocument } from './stored-values.query.gen.ts'

/** Where a stream goes on: after this id, without what each channel has beyond it. */
export interface Cursor {
  after: string
  done: Record<string, string>
  /** By channel, a message of several posts that was about to be sent. */
  plans?: Record<string, Plan>
}
/** The vortex that was posted last: its event, and when it was, in milliseconds since 1970. */
export interface PostedVortex {
  id: string
  at: number
}

/** One character's posts of a kind that a channel does not want for a while; all characters' without a name. */
export interface Mute {
  kind: PostKind
  character: string | null
  /** Milliseconds since 1970; null for ever. */
  until: number | null
}

/** Mutes of one channel; older ones are dropped beyond it. */
const MAX_MUTES = 100

export interface Memory {
  cursor(stream: string): Cursor | null
  /** Stores a cursor. Calls while one is being stored are joined; settles when this one, or a later one, is stored. */
  saveCursor(stream: string, cursor: Cursor): Promise<void>
  vortex(): PostedVortex | null
  saveVortex(vortex: PostedVortex): Promise<void>
  mutes(channel: string): readonly Mute[]
  isMuted(channel: string, kind: PostKind, character: string | null): boolean
  mute(channel: string, mute: Mute): Promise<void>
  /** Removes mutes of a kind, of one character or all. Gives how many. */
  unmute(channel: string, kind: PostKind, character: string | null): Promise<number>
}

type Store = (key: string, value: unknown) => Promise<void>

/**
 * Reads what was stored.
 * @throws when the token may not store, or the graph cannot be reached
 */
export async function openMemory(graph: GraphClient, log: Log): Promise<Memory> {
  const { storedValues } = await graph.ask(DiscordStoredValuesDocument, {})
  const values = new Map(storedValues.map(({ key, value }) => [key, value as unknown]))
  return memoryOver(values, async (key, value) => {
    await graph.ask(DiscordStoreValueDocument, { input: { key, value } })
    log.debug({ key }, 'stored')
  })
}

/** Nothing is read, and nothing is kept beyond the process. */
export const emptyMemory = (): Memory => memoryOver(new Map(), () => Promise.resolve())

function memoryOver(values: Map<string, unknown>, store: Store): Memory {
  const cursors = new Map<string, Cursor>()
  const mutes = new Map<string, Mute[]>()
  let vortex: PostedVortex | null = null
  for (const [key, value] of values) {
    const [kind, id] = key.split('/') as [string, string]
    if (kind === 'cursor' && isCursor(value)) cursors.set(id, value)
    if (kind === 'vortex' && isVortex(value)) vortex = value
    if (kind === 'mutes' && Array.isArray(value)) mutes.set(id, value.filter(isMute))
  }
  const saving = new Map<string, Promise<void>>()
  const next = new Map<string, Promise<void>>()
  /** At most one cursor of a stream is on its way, and one waits: the newest then. */
  function saveCursor(stream: string, cursor: Cursor): Promise<void> {
    cursors.set(stream, cursor)
    const begin = () => {
      next.delete(stream)
      const save = store(`cursor/${stream}`, cursors.get(stream)).finally(() => saving.delete(stream))
      saving.set(stream, save)
      return save
    }
    const current = saving.get(stream)
    if (!current) return begin()
    const waiting = next.get(stream) ?? current.catch(() => undefined).then(begin)
    next.set(stream, waiting)
    return waiting
  }

  return {
    cursor: (stream) => cursors.get(stream) ?? null,
    saveCursor,
    vortex: () => vortex,
    saveVortex(last) {
      vortex = last
      return store('vortex/last', last)
    },
    ...muteList(mutes, store),
  }
}

/** What channels do not want for a while. */
function muteList(mutes: Map<string, Mute[]>, store: Store): Pick<Memory, 'mutes' | 'isMuted' | 'mute' | 'unmute'> {
  const now = (list: readonly Mute[]) => list.filter(({ until }) => until === null || until > Date.now())
  const ofChannel = (channel: string) => now(mutes.get(channel) ?? [])
  const storeMutes = async (channel: string, list: Mute[]) => {
    const before = mutes.get(channel) ?? []
    mutes.set(channel, list)
    await store(`mutes/${channel}`, list).catch((error: unknown) => {
      if (mutes.get(channel) === list) mutes.set(channel, before) // what was answered as failed is not in force
      throw error
    })
  }
  return {
    mutes: ofChannel,
    isMuted: (channel, kind, character) =>
      ofChannel(channel).some(
        (mute) => mute.kind === kind && (mute.character === null || sameName(mute.character, character)),
      ),
    mute: (channel, mute) =>
      storeMutes(
        channel,
        [
          ...ofChannel(channel).filter((m) => m.kind !== mute.kind || !sameName(m.character, mute.character)),
          mute,
        ].slice(-MAX_MUTES),
      ),
    async unmute(channel, kind, character) {
      const before = ofChannel(channel)
      const after = before.filter(
        (mute) => mute.kind !== kind || (character !== null && !sameName(mute.character, character)),
      )
      if (after.length < before.length) await storeMutes(channel, after)
      return before.length - after.length
    },
  }
}

const sameName = (one: string | null, other: string | null) => one?.toLowerCase() === other?.toLowerCase()
const isCursor = (value: unknown): value is Cursor => {
  const { after, done, plans = {} } = (value ?? {}) as Partial<Cursor>
  return typeof after === 'string' && isObject(done) && isObject(plans)
}
const isObject = (value: unknown) => typeof value === 'object' && value !== null
const isVortex = (value: unknown): value is PostedVortex => {
  const { id, at } = (value ?? {}) as Partial<PostedVortex>
  return typeof id === 'string' && typeof at === 'number'
}
const isMute = (value: unknown): value is Mute => {
  const { kind, character, until } = (value ?? {}) as Partial<Mute>
  return (
    POST_KINDS.includes(kind as PostKind) &&
    (character === null || typeof character === 'string') &&
    (until === null || typeof until === 'number')
  )
}
