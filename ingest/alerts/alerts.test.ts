// Alerts on a real database: what they raise for frames, and what they still know after a restart.
import { describe, expect, it } from 'vitest'
import type { AlertEvent } from '../../shared/contract/watch.ts'
import type { Frame } from '../writer/testing/test-writer.ts'
import { testWriterAtNoon, NOON, stamp } from '../writer/testing/noon.ts'

const { at, rowsOf, newName } = testWriterAtNoon()
/** A new character, and the alerts of its frames: `2 DEATH` is one raised at second 2. */
function somebody() {
  const character_name = newName()
  const fired: string[] = []
  return {
    character_name,
    fired,
    async receive(second: number, frame: Frame) {
      for (const { topic, event } of await at.store(NOON + second * 1000, { character_name, ...frame }))
        if (topic.startsWith('ev.alert.')) fired.push(`${second} ${(event as AlertEvent).kind}`)
    },
  }
}
const vitals = (fields: object) => ({ type: 'vitals', ...fields })
const telemetry = (fields: object) => ({ type: 'telemetry', ew: 1, ns: 1, ...fields })
const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, n) => from + n * step)

describe('a death', () => {
  it('[ALR1] is raised although the frames before had no vitae, across silence and restarts', async () => {
    const { fired, receive, character_name } = somebody()
    await receive(0, vitals({ vitae: 0 }))
    await receive(1, vitals({ health_current: 5 }))
    await receive(71, vitals({ vitae: 5 }))
    expect(fired).toEqual(['71 DEATH'])
    await receive(400, vitals({ vitae: 0 }))
    await receive(401, vitals({ health_current: 5 }))
    at.restart()
    await receive(402, vitals({ health_current: 6 }))
    await receive(403, vitals({ vitae: 5 }))
    expect(fired).toEqual(['71 DEATH', '403 DEATH'])
    // What is shown is the newest frame, which said nothing.
    await receive(404, vitals({ health_current: 7 }))
    expect(
      await rowsOf('select vitae from latest_vitals v join characters c on c.id = v.character_id where name = $1', [
        character_name,
      ]),
    ).toEqual([{ vitae: null }])
  })

  it('[ALR1] is neither lost nor doubled when its batch is stored again', async () => {
    const { fired, receive, character_name } = somebody()
    await receive(0, vitals({ vitae: 0 }))
    at.queue(NOON + 1000, { character_name, ...vitals({ vitae: 5 }) })
    await at.fail()
    expect(fired).toEqual([])
    await receive(2, vitals({ vitae: 5 }))
    expect(fired).toEqual(['2 DEATH'])
    at.restart()
    await receive(400, vitals({ vitae: 5 }))
    expect(fired).toHaveLength(1)
  })

  it('[ALR1] [ALR7] is not made of a frame that came late, nor hidden by a clock put back', async () => {
    const { fired, receive } = somebody()
    const shows = (second: number, vitae: number, moment = second - 0.1) =>
      receive(second, vitals({ vitae, timestamp: stamp(moment) }))
    await shows(0, 0)
    await shows(1, 5)
    expect(fired).toEqual(['1 DEATH'])
    await shows(305, 5)
    await shows(306, 0, 246)
    await shows(311, 5)
    at.restart()
    await shows(312, 0, 250)
    await shows(313, 5)
    await receive(314, telemetry({ timestamp: stamp(314.1) }))
    await shows(315, 0, 300)
    await shows(320, 5)
    await receive(700, vitals({ vitae: 5 }))
    await shows(701, 0, 640)
    await receive(702, vitals({ vitae: 5 }))
    expect(fired).toHaveLength(1)
    for (const second of range(730, 750, 2)) await shows(second, 0, second - 3_600)
    await shows(750, 5, -2_850)
    expect(fired).toEqual(['1 DEATH', '750 DEATH'])
  })
})

describe('a batch of minutes', () => {
  it('[ALR1] [ALR7] is followed in the order its frames came, whatever their types', async () => {
    const { character_name } = somebody()
    const queue = (second: number, frame: Frame) =>
      at.queue(NOON + second * 1000, { character_name, timestamp: stamp(second - 0.1), ...frame })
    for (const second of range(0, 180, 2)) {
      queue(second, telemetry({}))
      if (second === 60 || second === 90) queue(second + 1, vitals({ vitae: second - 60 }))
    }
    const fired = (await at.flush()).filter(({ topic }) => topic.startsWith('ev.alert.'))
    expect(fired.map(({ event }) => (event as AlertEvent).at)).toEqual([stamp(91)])
  })
})

describe('an idler', () => {
  const idle = (timestamp?: string) => telemetry({ vt_state: 'idle', timestamp })

  it('[ALR2] [ALR7] is raised although a frame of another state came late', async () => {
    const { fired, receive } = somebody()
    for (const second of range(0, 300, 10)) {
      await receive(second, idle(stamp(second + 7_200)))
      if (second === 150) await receive(second + 1, telemetry({ vt_state: 'combat', timestamp: stamp(7_091) }))
    }
    await receive(300, idle())
    expect(fired).toEqual(['300 IDLE'])
    await receive(301, telemetry({ vt_state: 'combat', timestamp: stamp(7_501) }))
    await receive(302, idle())
    expect(fired).toHaveLength(1)
  })

  const stand = async ({ receive }: ReturnType<typeof somebody>, from: number, to: number, session_id?: string) => {
    for (const second of range(from, to, 10)) await receive(second, telemetry({ vt_state: 'idle', session_id }))
  }

  it('[ALR2] [ALR8] has been idle without a break: one absence, and the time starts again', async () => {
    const idler = somebody()
    await stand(idler, 0, 121, 'one')
    await stand(idler, 185, 490, 'one')
    expect(idler.fired).toEqual(['485 IDLE'])
    const [alert] = await rowsOf<{ since: string }>(
      "select details->>'since' as since from alerts a join characters c on c.id = a.character_id where c.name = $1",
      [idler.character_name],
    )
    expect(alert!.since).toBe(stamp(185))
  })

  it('[ALR8] is raised again after an absence or in another session, across restarts, not after a short reconnect', async () => {
    const idler = somebody()
    await stand(idler, 0, 311, 'one')
    await stand(idler, 339, 900, 'one') // 29 s
    expect(idler.fired).toEqual(['300 IDLE'])
    at.restart()
    await stand(idler, 910, 1_000, 'one')
    expect(idler.fired).toHaveLength(1)
    await stand(idler, 1_000, 1_301, 'two')
    expect(idler.fired).toEqual(['300 IDLE', '1300 IDLE'])
    at.restart()
    await stand(idler, 1_310, 1_621, 'three')
    expect(idler.fired).toEqual(['300 IDLE', '1300 IDLE', '1610 IDLE'])
    await stand(idler, 1_651, 2_000, 'three') // 31 s
    expect(idler.fired).toEqual(['300 IDLE', '1300 IDLE', '1610 IDLE', '1951 IDLE'])
  })

  const ends = (name: string) =>
    rowsOf<{ at: Date; since: string }>(
      `select e.at, e.details->>'previousSince' as since from guild_events e
       join characters c on c.id = e.character_id where e.kind = 'IDLE_ENDED' and c.name = $1 order by e.id`,
      [name],
    )

  it('[ALR2] ends with activity: once, across restarts, and only where an alert was raised', async () => {
    const idler = somebody()
    await stand(idler, 0, 200, 'one')
    await idler.receive(200, telemetry({ vt_state: 'combat', session_id: 'one' }))
    expect(await ends(idler.character_name)).toEqual([])
    await stand(idler, 210, 521, 'one')
    at.restart()
    for (const second of [530, 540]) await idler.receive(second, telemetry({ vt_state: 'combat', session_id: 'one' }))
    const found = await ends(idler.character_name)
    expect(found.map(({ at: when, since }) => [new Date(when).toISOString(), Date.parse(since)])).toEqual([
      [stamp(530), Date.parse(stamp(210))],
    ])
  })

  it('[ALR8] does not end with a new session of a character that is idle there too', async () => {
    const idler = somebody()
    await stand(idler, 0, 311, 'one')
    await stand(idler, 320, 400, 'two')
    expect(idler.fired).toEqual(['300 IDLE'])
    expect(await ends(idler.character_name)).toEqual([])
  })

  it('[ALR8] with two sockets of alternating sessions is raised once', async () => {
    const idler = somebody()
    for (const second of range(0, 700, 20)) {
      await stand(idler, second, second + 1, 'one')
      await stand(idler, second + 10, second + 11, 'two')
    }
    expect(idler.fired).toEqual(['310 IDLE'])
  })
})

describe('a watch rule', () => {
  const make = (fields: object) => {
    const rule = {
      owner_kind: 'user',
      owner_id: '1',
      owner_name: 'me',
      quiet_s: 0,
      severity: 'INFO',
      name: 'Rule',
      ...fields,
    }
    return at.pool.query(
      `insert into watch_rules (${Object.keys(rule).join()}) values (${Object.keys(rule)
        .map((_, n) => `$${n + 1}`)
        .join()})`,
      Object.values(rule),
    )
  }
  const SLOW = { field: 'KILLS_PER_HOUR', comparison: 'LT', number: 100, for_s: 8 }
  const MARKED = { field: 'VITAE', comparison: 'GTE', number: 5, for_s: 10 }
  const hunt = (char_tag: string, kills_per_hour: number) => telemetry({ char_tag, kills_per_hour })

  it('[WCH1] forgets a character that leaves its tag, with or without a restart', async () => {
    await make({ ...SLOW, tag: 'm' })
    at.restart() // rules are read once a second
    for (const restart of [() => undefined, at.restart]) {
      const { fired, receive } = somebody()
      for (const second of range(0, 3, 1)) await receive(second, hunt('m', 5))
      restart()
      for (const second of range(3, 9, 1)) await receive(second, hunt('x', 500))
      restart()
      for (const second of range(9, 18, 1)) await receive(second, hunt('m', 5))
      expect(fired).toEqual(['17 WATCH'])
    }
  })

  it('[WCH1] on vitals is raised while telemetry shows that its character is live: vitals come on change', async () => {
    const steady = somebody()
    await make({ ...MARKED, characters: [steady.character_name] })
    at.restart()
    await steady.receive(0, vitals({ vitae: 10 }))
    for (const second of range(1, 9, 1)) await steady.receive(second, telemetry({}))
    at.restart()
    for (const second of range(9, 300, 3)) await steady.receive(second, telemetry({}))
    expect(steady.fired).toEqual(['12 WATCH'])
    const patient = somebody()
    await make({ ...MARKED, for_s: 60, characters: [patient.character_name] })
    at.restart()
    await patient.receive(0, vitals({ vitae: 10 }))
    for (const second of range(3, 60, 3)) await patient.receive(second, telemetry({}))
    await patient.receive(60, vitals({ health_current: 1 }))
    expect(patient.fired).toEqual(['60 WATCH'])
    await steady.receive(300, vitals({ vitae: 0 }))
    await steady.receive(301, vitals({ vitae: 6 }))
    await steady.receive(302, telemetry({}))
    await steady.receive(340, telemetry({})) // silent for more than 30 s: unknown
    await steady.receive(341, vitals({ vitae: 6 }))
    await steady.receive(350, telemetry({}))
    await steady.receive(351, vitals({ health_current: 1 })) // says nothing of vitae
    expect(steady.fired).toEqual(['12 WATCH', '301 DEATH', '351 WATCH'])
  })
})
