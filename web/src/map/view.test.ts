import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alongFlight } from './fly.ts'
import { scaleLength, scaleText } from './layers/scale-layer.ts'
import { MAX_K, centreOn, clampCamera, fitCamera, minK, readCamera, toEw, toNs, toX, toY, writeCamera } from './view.ts'

const open = { top: 0, right: 0, bottom: 0, left: 0 }
const inset = { top: 52, right: 0, bottom: 46, left: 388, scale: 16 }

describe('camera', () => {
  it('finds the place it drew', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -102, max: 102, noNaN: true }),
        fc.double({ min: -102, max: 102, noNaN: true }),
        (ew, ns) => {
          const view = { cx: 12, cy: -30, k: 17, w: 1440, h: 900 }
          expect(toEw(view, toX(view, ew))).toBeCloseTo(ew, 6)
          expect(toNs(view, toY(view, ns))).toBeCloseTo(ns, 6)
        },
      ),
    )
  })
  it('shows the whole world in what the windows leave free', () => {
    const camera = fitCamera(1440, 900, inset)
    const view = { ...camera, w: 1440, h: 900 }
    expect(toX(view, -101.95)).toBeGreaterThanOrEqual(inset.left)
    expect(toX(view, 101.95)).toBeLessThanOrEqual(1440)
    expect(toY(view, 101.95)).toBeGreaterThanOrEqual(inset.top)
    expect(toY(view, -101.95)).toBeLessThanOrEqual(900 - inset.bottom)
  })
  it('comes back from the address as it went', () => {
    expect(readCamera(`#${writeCamera({ cx: 33.6, cy: 42.1, k: 24 }, open)}`, open)).toEqual({
      cx: 33.6,
      cy: 42.1,
      k: 24,
    })
  })
  it('has the place of the address in the middle of what its own windows leave free', () => {
    const wide = { w: 1440, h: 900 }
    const shared = writeCamera(centreOn({ ew: 33.6, ns: 42.1 }, 24, inset), inset)
    expect(shared).toBe('c=33.60,42.10,24.00')
    const other = { top: 0, right: 500, bottom: 60, left: 0 }
    const view = { ...readCamera(`#${shared}`, other)!, ...wide }
    expect([toX(view, 33.6), toY(view, 42.1)]).toEqual([expect.closeTo(470, 6), expect.closeTo(420, 6)])
  })
  it.each(['', '#', '#c=1,2', '#c=a,b,c', '#c=1,2,-3', '#c=1,2,Infinity'])('takes %j for no camera', (hash) => {
    expect(readCamera(hash, open)).toBeNull()
  })
  it('neither leaves the world nor zooms past its limits', () => {
    expect(clampCamera({ cx: 900, cy: -900, k: 9999 }, 1440, 900)).toEqual({ cx: 101.95, cy: -101.95, k: MAX_K })
    expect(clampCamera({ cx: 0, cy: 0, k: 0.1 }, 1440, 900).k).toBe(minK(1440, 900))
  })
  it('starts a flight where it is and ends it exactly there', () => {
    const [from, to] = [
      { cx: 0, cy: 0, k: 4 },
      { cx: 33.6, cy: 42.1, k: 24 },
    ]
    expect(alongFlight(from, to, 0).k).toBeCloseTo(4)
    expect(alongFlight(from, to, 1)).toEqual(to)
  })
})

describe('scale bar', () => {
  it('is the shortest round length of at least 70 px', () => {
    expect(scaleLength(4)).toBe(20)
    expect(scaleLength(80)).toBe(1)
    expect(scaleLength(320)).toBe(0.5)
  })
  it('says metres and kilometres', () => {
    expect(scaleText(1)).toBe('1 unit · 240 m')
    expect(scaleText(20)).toBe('20 units · 4.8 km')
  })
})
