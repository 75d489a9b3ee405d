import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'

const NOW = 1_000_000

/** A clock at `NOW`. Its frames come when the test says so. */
function aClock() {
  let onFrame: ((ms: number) => boolean) | null = null
  let present = NOW
  const clock = createClock(
    () => present,
    (next) => (onFrame = next),
  )
  const frame = (ms: number) => {
    if (onFrame && !onFrame(ms)) onFrame = null
  }
  return { clock, frame, isDriven: () => onFrame !== null, setPresent: (ms: number) => (present = ms) }
}

describe('the clock of the dashboard', () => {
  it('[CLK1] is LIVE until a moment is chosen, and then stands at it', () => {
    const { clock, isDriven } = aClock()
    expect(clock.moment.value).toBeNull()
    clock.goTo(5_000)
    expect([clock.moment.value, clock.isRunning.value, isDriven()]).toEqual([5_000, false, false])
    clock.goLive()
    expect(clock.moment.value).toBeNull()
  })

  it('[CLK1] goes neither before what is stored nor after the present', () => {
    const { clock } = aClock()
    clock.first.value = 2_000
    clock.goTo(1)
    expect(clock.moment.value).toBe(2_000)
    clock.goTo(NOW + 1)
    expect(clock.moment.value).toBe(NOW)
  })

  it.each([1, 2, 4, 10, 60, 600])('[CLK2] runs %i times as fast as time', (speed) => {
    const { clock, frame } = aClock()
    clock.goTo(100)
    clock.speed.value = speed
    clock.toggle()
    frame(16)
    frame(10)
    expect(clock.moment.value).toBe(100 + 26 * speed)
    clock.pause()
    frame(16)
    expect(clock.moment.value).toBe(100 + 26 * speed)
  })

  it('[CLK2] asks for frames once, and for none while it stands', () => {
    const { clock, frame, isDriven } = aClock()
    clock.goTo(100)
    clock.toggle()
    clock.toggle()
    clock.toggle()
    frame(10)
    expect(clock.moment.value).toBe(110)
    clock.toggle()
    frame(10)
    expect(isDriven()).toBe(false)
  })

  it('[CLK3] is LIVE again when it has caught up with the present', () => {
    const { clock, frame, isDriven } = aClock()
    clock.goTo(NOW - 50)
    clock.speed.value = 10
    clock.toggle()
    frame(16)
    expect([clock.moment.value, clock.isRunning.value, isDriven()]).toEqual([null, false, false])
  })

  it('[CLK3] stands at the end of what it is held within, and begins again from there', () => {
    const { clock, frame } = aClock()
    clock.within.value = [1_000, 2_000]
    clock.goTo(0)
    expect(clock.moment.value).toBe(1_000)
    clock.goTo(1_990)
    clock.toggle()
    frame(16)
    expect([clock.moment.value, clock.isRunning.value]).toEqual([2_000, false])
    clock.toggle()
    expect([clock.moment.value, clock.isRunning.value]).toEqual([1_000, true])
  })

  it('[CLK1] cannot run while it is LIVE', () => {
    const { clock, isDriven } = aClock()
    clock.toggle()
    expect([clock.isRunning.value, isDriven()]).toEqual([false, false])
  })
})
