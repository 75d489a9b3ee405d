import { onScopeDispose, ref, shallowRef } from 'vue'
import { gather } from '../gather.ts'
import { withStep, type SessionLog } from '../trace-log.ts'
import type { TraceStepRowFragment } from '../trace-step.fragment.gen.ts'
import type { EyeStatus } from '../useEyeWorld.ts'
import { WorldCells } from '../world-cells.ts'
import {
  changeOf,
  readPublicMessage,
  stepOf,
  VERSION,
  type PublicMessage,
  type TraceMessage,
} from './public-messages.ts'

/** Waits between attempts to connect, in milliseconds; the last one goes on. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const
const WEATHERS = { clear: 'CLEAR', rain: 'RAIN', thunder: 'THUNDER' } as const

const UNKNOWN: EyeStatus = {
  connected: false,
  timeOfDay: 6_000,
  weather: 'CLEAR',
  focus: null,
  mode: 'idle',
  player: null,
}

/** Follows the public socket: the world, its mode, and steps. `changes` counts up with everything to draw. */
export function usePublicEye(onStep: (step: TraceStepRowFragment, player: string | null) => void) {
  const world = new WorldCells()
  const changes = ref(0)
  const logs = shallowRef<SessionLog[]>([])
  const status = shallowRef(UNKNOWN)
  const state = ref<'waiting' | 'live' | 'broken'>('waiting')
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let nth = 0

  const add = gather<TraceMessage>((messages) => {
    const come: { session: SessionLog['session']; step: TraceStepRowFragment }[] = []
    logs.value = messages.reduce((all: SessionLog[], message) => {
      const before = all.find((log) => log.session.id === message.session_id)?.session
      const one = stepOf(message, ++nth, before)
      come.push(one)
      return withStep(all, one.session, one.step)
    }, logs.value)
    for (const { session, step } of come) onStep(step, session.player)
  })

  function take(message: PublicMessage): void {
    if (message.type === 'world') {
      if (!world.take(changeOf(message))) socket?.send(JSON.stringify({ v: VERSION, type: 'resync' }))
      changes.value++
    } else if (message.type === 'trace') add(message)
    else if (message.type === 'mode')
      status.value = { ...status.value, mode: message.mode, player: message.player, focus: message.player }
    else if (message.type === 'heartbeat') {
      const weather = WEATHERS[message.weather as keyof typeof WEATHERS] ?? 'CLEAR'
      status.value = { ...status.value, timeOfDay: message.time, weather }
    } else status.value = { ...status.value, connected: message.connected }
  }

  function connect(): void {
    const address = new URL('/eye/ws', location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    const own = (socket = new WebSocket(address))
    own.onmessage = ({ data }) => {
      const message = readPublicMessage(String(data))
      if (message) take(message)
      attempt = 0
      state.value = 'live'
    }
    own.onclose = () => {
      state.value = 'broken'
      timer = setTimeout(connect, AGAIN_MS[Math.min(attempt++, AGAIN_MS.length - 1)])
    }
  }
  connect()
  onScopeDispose(() => {
    clearTimeout(timer)
    if (socket) socket.onclose = null
    socket?.close()
  })
  return { world, changes, logs, status, state }
}
