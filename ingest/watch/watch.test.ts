// The watch on a database: what it tells of frames, and what it still knows after a restart.
import { describe, expect, it } from 'vitest'
import type { AlertEvent } from '../../shared/contract/watch.ts'
import type { Frame } from '../writer/testing/desk.ts'
import { deskAtNoon, NOON } from '../writer/testing/noon.ts'

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
})
