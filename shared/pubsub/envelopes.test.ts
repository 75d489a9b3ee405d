import { describe, expect, it } from 'vitest'
import { Envelopes, FRESH_MS, isSigned } from './envelopes.ts'

const SECRET = 'a secret for tests only'
const body = Buffer.from('{"command":"/x"}')
const TOPIC = 'plugin.command'

describe('[BUS1] a signed message', () => {
  it('is read by every process with the same key, once', () => {
    const message = new Envelopes(SECRET).seal(TOPIC, body)
    const [one, other] = [new Envelopes(SECRET).opener(), new Envelopes(SECRET).opener()]
    expect(one(TOPIC, message)).toEqual(body)
    expect(other(TOPIC, message)).toEqual(body)
    expect(one(TOPIC, message)).toBe('repeated')
  })

  it('is refused with any byte changed, on another topic, cut short, and with another key', () => {
    const message = new Envelopes(SECRET).seal(TOPIC, body)
    const open = new Envelopes(SECRET).opener()
    for (let at = 0; at < message.length; at++) {
      const changed = Buffer.from(message)
      changed[at]! ^= 1
      expect(open(TOPIC, changed)).toBe('forged')
    }
    expect(open('plugin.commands', message)).toBe('forged')
    for (const length of [0, 1, 55, 56, message.length - 1])
      expect(open(TOPIC, message.subarray(0, length))).toBe('forged')
    expect(open(TOPIC, body)).toBe('forged')
    expect(new Envelopes('another secret for tests').opener()(TOPIC, message)).toBe('forged')
    expect(open(TOPIC, message)).toEqual(body)
  })

  it('is refused a minute before and after its time', () => {
    let now = 1_000_000
    const message = new Envelopes(SECRET, () => 1_000_000).seal(TOPIC, body)
    const opened = (at: number) => {
      now = at
      return new Envelopes(SECRET, () => now).opener()(TOPIC, message)
    }
    expect(opened(1_000_000 + FRESH_MS)).toEqual(body)
    expect(opened(1_000_000 - FRESH_MS)).toEqual(body)
    expect(opened(1_000_001 + FRESH_MS)).toBe('stale')
    expect(opened(999_999 - FRESH_MS)).toBe('stale')
  })

  it('is read out of order, but not once it is far behind', () => {
    const sender = new Envelopes(SECRET)
    const open = new Envelopes(SECRET).opener()
    const messages = Array.from({ length: 3_000 }, (_, n) => sender.seal(TOPIC, Buffer.from(String(n))))
    expect(open(TOPIC, messages[1_000]!).toString()).toBe('1000')
    expect(open(TOPIC, messages[999]!).toString()).toBe('999')
    for (const message of messages.slice(1_001)) expect(open(TOPIC, message)).toBeInstanceOf(Buffer)
    expect(open(TOPIC, messages[2_999]!)).toBe('repeated')
    expect(open(TOPIC, messages[5]!)).toBe('repeated')
  })

  it('is everything but what is seen of the game', () => {
    for (const topic of ['plugin.command', 'plugin.share', 'people.changed', 'world.command.demo', 'anything'])
      expect(isSigned(topic)).toBe(true)
    expect(isSigned('ev.telemetry.abc')).toBe(false)
  })
})
