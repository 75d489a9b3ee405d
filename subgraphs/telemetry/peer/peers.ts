// What plugins share with each other, as far as it can be understood: the newest of each character, in memory only.
import { toNumber, toWhole } from '../../../shared/contract/numbers.ts'
import { topic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { presenceOf, type Presence } from '../../../shared/pubsub/presence.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'

const KINDS = [
  'share_vital_update',
  'share_position_update',
  'share_cast_attempt',
  'share_cast_success',
  'share_item_update',
]
const MAX_CHARACTERS = 5_000
const MAX_KINDS = 50
/** Who shares without a plugin we know of is forgotten after this. */
const FORGET_MS = 60_000

export interface PeerState {
  character: string
  connected: boolean
  since: string | null
  server: string | null
  lastShareAt: string | null
  kinds: string[]
  vitals: Record<'health' | 'maxHealth' | 'stamina' | 'maxStamina' | 'mana' | 'maxMana', number | null> | null
  position: Record<'ew' | 'ns' | 'z' | 'heading' | 'landCell', number | null> | null
}

type Shared = Pick<PeerState, 'vitals' | 'position'> & { server: string | null; at: string; kinds: Set<string> }

export interface Peers extends AsyncDisposable {
  presence: Presence
  list(): PeerState[]
}

export async function peersOf(pubsub: PubSub, clock: () => number = Date.now): Promise<Peers> {
  const shared = new Map<string, Shared>()
  const presence = await presenceOf(pubsub, { clock, onLeft: (character) => void shared.delete(character) })
  const stops = await Promise.all(
    KINDS.map((kind) =>
      pubsub.subscribe(topic('frame', kind), (event) => {
        const { character, receivedAt, body } = event as FrameEvent
        if (character === null) return
        const state = shared.get(character) ?? { vitals: null, position: null, server: null, at: '', kinds: new Set() }
        const raw = body as Record<string, unknown>
        state.at = receivedAt
        if (state.kinds.size < MAX_KINDS) state.kinds.add(kind) // senders choose them
        if (typeof raw['server'] === 'string') state.server = raw['server'].slice(0, 64)
        if (kind === 'share_vital_update') state.vitals = readVitals(raw)
        if (kind === 'share_position_update') state.position = readPosition(raw)
        shared.delete(character) // to the end: the one heard longest ago gives way
        shared.set(character, state)
        if (shared.size > MAX_CHARACTERS) shared.delete(shared.keys().next().value!)
      }),
    ),
  )
  return {
    presence,
    list() {
      const peers: PeerState[] = []
      for (const [character, { vitals, position, server, at, kinds }] of shared) {
        const plugin = presence.of(character)
        if (!plugin && clock() - Date.parse(at) > FORGET_MS) shared.delete(character)
        else
          peers.push({
            character,
            connected: plugin !== undefined,
            since: plugin ? new Date(plugin.registeredAt).toISOString() : null,
            server: plugin?.server ?? server,
            lastShareAt: at,
            kinds: [...kinds].sort(),
            vitals,
            position,
          })
      }
      return peers.sort((a, b) => a.character.localeCompare(b.character))
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop()
      await presence[Symbol.asyncDispose]()
    },
  }
}

/** Under the names of the plugin or the shorter ones of others; what is no number is left out. */
function figure(raw: Record<string, unknown>, names: string[], read = toNumber): number | null {
  for (const name of names) {
    const number = Object.hasOwn(raw, name) ? read(raw[name]) : undefined
    if (number !== undefined) return number
  }
  return null
}
const points = (raw: Record<string, unknown>, ...names: string[]) => {
  const number = figure(raw, names, toWhole)
  return number === null || Math.abs(number) > 2_147_483_647 ? null : number
}

const readVitals = (raw: Record<string, unknown>) => ({
  health: points(raw, 'current_health', 'health_current', 'health'),
  maxHealth: points(raw, 'max_health', 'health_max'),
  stamina: points(raw, 'current_stamina', 'stamina_current', 'stamina'),
  maxStamina: points(raw, 'max_stamina', 'stamina_max'),
  mana: points(raw, 'current_mana', 'mana_current', 'mana'),
  maxMana: points(raw, 'max_mana', 'mana_max'),
})
const readPosition = (raw: Record<string, unknown>) => ({
  ew: figure(raw, ['ew']),
  ns: figure(raw, ['ns']),
  z: figure(raw, ['z']),
  heading: figure(raw, ['heading']),
  landCell: wholeCell(figure(raw, ['land_cell', 'landcell'])),
})
/** Unsigned, though plugins may send it signed. */
const wholeCell = (cell: number | null) =>
  cell === null || Math.abs(cell) > 0xffff_ffff ? null : Math.trunc(cell) >>> 0
