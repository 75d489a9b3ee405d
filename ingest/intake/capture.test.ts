import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { BAD, capture, safeName } from './capture.ts'

const folder = () => path.join(mkdtempSync(path.join(tmpdir(), 'capture ')), 'frames')

describe('the capture', () => {
  it('[CAP1] keeps the first frames of each type, unknown ones and bad ones too, a line each', async () => {
    const into = folder()
    const kept = capture(into, 2)
    for (let n = 0; n < 5; n++) {
      kept.take('telemetry', `{"type":"telemetry",\n"n":${n}}`)
      kept.take('brand_new', `{"n":${n}}`)
    }
    kept.take(null, 'no json')
    await kept.written()
    expect(readdirSync(into).sort()).toEqual([`${BAD}.jsonl`, 'brand_new.jsonl', 'telemetry.jsonl'])
    expect(readFileSync(path.join(into, 'telemetry.jsonl'), 'utf8')).toBe(
      '{"type":"telemetry", "n":0}\n{"type":"telemetry", "n":1}\n',
    )
  })

  it('[CAP2] is bounded in types, in bytes, and in the size of a frame', async () => {
    const into = folder()
    const kept = capture(into, 100)
    kept.take('huge', 'x'.repeat(1024 * 1024 + 1))
    for (let n = 0; n < 70; n++) kept.take('large', 'y'.repeat(1024 * 1024))
    await kept.written()
    expect(readdirSync(into)).toEqual(['large.jsonl'])
    expect(readFileSync(path.join(into, 'large.jsonl')).length).toBeLessThanOrEqual(64 * 1024 * 1024 + 64)
    const many = folder()
    const names = capture(many, 1)
    for (let n = 0; n < 500; n++) names.take(`type_${n}`, '{}')
    names.take('rare', '{}')
    await names.written()
    expect(readdirSync(many)).toHaveLength(201)
    expect(readdirSync(many)).toContain('rare.jsonl')
  })

  it.each(['__proto__', '../../x', '/etc/passwd', 'x'.repeat(10_000), '', '_bad', 'CON', 'a\0b', '.', '\ud800', 'Ä'])(
    '[CAP2] names files safely for a type called %j',
    async (type) => {
      const into = folder()
      const kept = capture(into, 1)
      kept.take(type, '{}')
      kept.take(type, '{}')
      await kept.written()
      expect(readdirSync(into)).toEqual([`${safeName(type)}.jsonl`])
      expect(safeName(type)).toMatch(/^x-[A-Za-z0-9-]{0,46}$/)
    },
  )

  it('[CAP2] stops by itself where it cannot write', async () => {
    const kept = capture(path.join(import.meta.filename, 'nowhere'), 3)
    kept.take('chat', '{}')
    await kept.written()
    kept.take('chat', '{}')
    await kept.written()
  })
})
