// The watch on a database: what it tells of frames, and what it still knows after a restart.
import { describe, expect, it } from 'vitest'
import type { AlertEvent } from '../../shared/contract/watch.ts'
import type { Frame } from '../writer/testing/desk.ts'
import { deskAtNoon, NOON, stamp } from '../writer/testing/noon.ts'

const { at, rowsOf, newName } = deskAtNoon()
/** Somebody new, and the alerts their frames made: `2 DEATH` is one told at second 2. */
function somebody() {
  const character_name = newName()
  const told: string[] = []
  return {
    character_name,
    told,
    async tell(second: number, frame: Frame) {
      for (const { topic, event } of await at.store(NOON + second * 1000, { character_name, ...frame }))
        if (topic.startsWith('ev.alert.')) told.push(`${second} ${(event as AlertEvent).kind}`)
    },
  }
}
const vitals = (fields: object) => ({ type: 'vitals', ...fields })
const telemetry = (fields: object) => ({ type: 'telemetry', ew: 1, ns: 1, ...fields })
const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, n) => from + n * step)

describe('a death', () => {
  it('[ALR1] is told although the frames before said nothing of vitae, silence and restarts in between', async () => {
    const { told, tell, character_name } = somebody()
    await tell(0, vitals({ vitae: 0 }))
    await tell(1, vitals({ health_current: 5 }))
    await tell(71, vitals({ vitae: 5 }))
    expect(told).toEqual(['71 DEATH'])
    await tell(400, vitals({ vitae: 0 }))
    await tell(401, vitals({ health_current: 5 }))
    at.restart()
    await tell(402, vitals({ health_current: 6 }))
    await tell(403, vitals({ vitae: 5 }))
    expect(told).toEqual(['71 DEATH', '403 DEATH'])
    // What is shown is the newest frame, which said nothing.
    await tell(404, vitals({ health_current: 7 }))
    expect(
      await rowsOf('select vitae from latest_vitals v join characters c on c.id = v.character_id where name = $1', [
        character_name,
      ]),
    ).toEqual([{ vitae: null }])
  })

  it('[ALR1] is neither lost nor doubled when its batch is stored again', async () => {
    const { told, tell, character_name } = somebody()
    await tell(0, vitals({ vitae: 0 }))
    at.queue(NOON + 1000, { character_name, ...vitals({ vitae: 5 }) })
    await at.fail()
    expect(told).toEqual([])
    await tell(2, vitals({ vitae: 5 }))
    expect(told).toEqual(['2 DEATH'])
    at.restart()
    await tell(400, vitals({ vitae: 5 }))
    expect(told).toHaveLength(1)
  })

  it('[ALR1] [ALR7] is not made of a frame that came late, nor hidden by a clock put back', async () => {
    const { told, tell } = somebody()
    const shows = (second: number, vitae: number, moment = second - 0.1) =>
      tell(second, vitals({ vitae, timestamp: stamp(moment) }))
    await shows(0, 0)
    await shows(1, 5)
    expect(told).toEqual(['1 DEATH'])
    await shows(305, 5)
    await shows(306, 0, 246)
    await shows(311, 5)
    at.restart()
    await shows(312, 0, 250)
    await shows(313, 5)
    await tell(314, telemetry({ timestamp: stamp(314.1) }))
    await shows(315, 0, 300)
    await shows(320, 5)
    expect(told).toHaveLength(1)
    for (const second of range(330, 350, 2)) await shows(second, 0, second - 3_600)
    await shows(350, 5, -3_250)
    expect(told).toEqual(['1 DEATH', '350 DEATH'])
  })
})

describe('an idler', () => {
  const idle = (timestamp?: string) => telemetry({ vt_state: 'idle', timestamp })

  it('[ALR2] [ALR7] is told of although a frame of another state came late', async () => {
    const { told, tell } = somebody()
    for (const second of range(0, 300, 10)) {
      await tell(second, idle(stamp(second + 7_200)))
      if (second === 150) await tell(second + 1, telemetry({ vt_state: 'combat', timestamp: stamp(7_091) }))
    }
    await tell(300, idle())
    expect(told).toEqual(['300 IDLE'])
    await tell(301, telemetry({ vt_state: 'combat', timestamp: stamp(7_501) }))
    await tell(302, idle())
    expect(told).toHaveLength(1)
  })
})
