import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HIDDEN_MS, inView, returns, watchView } from './in-view.ts'

/** A document that can be hidden. */
class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'
  turn(state: DocumentVisibilityState) {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}
const watched: (() => void)[] = []
function aPage() {
  const page = new Page()
  watched.push(watchView(page as unknown as Document))
  return page
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const forget of watched.splice(0)) forget()
  vi.useRealTimers()
})

describe('a page', () => {
  it('is out of view when it was hidden for a while, and back at once', () => {
    const page = aPage()
    const before = returns.value
    page.turn('hidden')
    vi.advanceTimersByTime(HIDDEN_MS - 1)
    expect(inView.value).toBe(true)
    vi.advanceTimersByTime(1)
    expect(inView.value).toBe(false)
    page.turn('visible')
    expect([inView.value, returns.value - before]).toEqual([true, 1])
  })
  it('stays in view over a look at something else', () => {
    const page = aPage()
    const before = returns.value
    page.turn('hidden')
    page.turn('visible')
    vi.advanceTimersByTime(10 * HIDDEN_MS)
    expect([inView.value, returns.value - before]).toEqual([true, 0])
  })
  it('stays in view while one of its pop-outs can be seen', () => {
    const page = aPage()
    const popOut = aPage()
    page.turn('hidden')
    vi.advanceTimersByTime(2 * HIDDEN_MS)
    expect(inView.value).toBe(true)
    popOut.turn('hidden')
    vi.advanceTimersByTime(HIDDEN_MS)
    expect(inView.value).toBe(false)
  })
  it('is out of view when the last pop-out that could be seen is closed', () => {
    const page = aPage()
    const popOut = new Page()
    const close = watchView(popOut as unknown as Document)
    page.turn('hidden')
    close()
    vi.advanceTimersByTime(HIDDEN_MS)
    expect(inView.value).toBe(false)
  })
})
