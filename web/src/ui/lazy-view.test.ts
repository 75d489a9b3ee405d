import type { Component } from 'vue'
import { describe, expect, it } from 'vitest'
import { cachedView, loadView } from './lazy-view.ts'

const part: Component = { name: 'Part' }

describe('a part of the page', () => {
  it('is asked for again after a failure, and kept once it came', async () => {
    let asked = 0
    const load = () => (++asked < 3 ? Promise.reject(new Error('no network')) : Promise.resolve({ default: part }))
    expect(cachedView(load)).toBeNull()
    expect(await loadView(load, [0, 0])).toBe(part)
    expect([asked, cachedView(load)]).toEqual([3, part])
  })
  it('fails with the last reason, and can be asked for again', async () => {
    let asked = 0
    const load = () => (++asked < 3 ? Promise.reject(new Error(`try ${asked}`)) : Promise.resolve({ default: part }))
    await expect(loadView(load, [0])).rejects.toThrow('try 2')
    expect(await loadView(load, [0])).toBe(part)
  })
})
