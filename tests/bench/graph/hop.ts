import { setTimeout as wait } from 'node:timers/promises'
import { hasNats, startNats } from '../../../shared/testing/start-apart.ts'
import { startControl } from '../control.ts'
import type { Figure } from '../figure.ts'
import { canPin, MEASURED_CORE, unpinned } from '../stage.ts'
import type { Heard } from './hop-listener.ts'

const WARM_MS = 1_500
const SECONDS = 4
const CALM = 5_000

/** Events between two processes by NATS, as rooms publish them: sender on the first core, listener on the second. */
export async function benchHop(): Promise<Figure[]> {
  if (!hasNats) return []
  await using nats = await unpinned(startNats)
  const { url } = nats
  await using listener = await startControl('graph/hop-listener.ts', { url })
  const publisher = await startControl(
    'graph/hop-publisher.ts',
    { url, topic: 'bench.tick.a', far: 'bench.far' },
    canPin ? MEASURED_CORE : undefined,
  )
  await using _teller = publisher
  const heard = async (path = '') => (await (await fetch(`http://127.0.0.1:${listener.port}/${path}`)).json()) as Heard
  const publish = (rate: string) => fetch(`http://127.0.0.1:${publisher.port}/?${rate}`)
  const during = async (rate: string) => {
    await publish(rate)
    await wait(WARM_MS)
    const [before, begun] = [await heard('reset'), performance.now()]
    await wait(SECONDS * 1000)
    const after = await heard()
    const perSecond = (after.events - before.events) / ((performance.now() - begun) / 1000)
    await publish('perSecond=0')
    await wait(WARM_MS)
    return { ...after, perSecond }
  }
  const calm = await during(`perSecond=${CALM}`)
  const most = await during('')
  const own = { bench: 'graph', control: null, against: null }
  return [
    { ...own, name: 'events by NATS', unit: 'events/s', better: 'more', ours: most.perSecond, asked: 100_000 },
    {
      ...own,
      name: `events by NATS, ${CALM}/s, p50`,
      unit: 'ms',
      better: 'less',
      ours: calm.p50Ms,
      asked: 0.5,
      beside: { 'p99 ms': calm.p99Ms, 'events/s': calm.perSecond },
    },
  ]
}
