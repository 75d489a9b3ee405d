import { describe, expect, it } from 'vitest'
import { KeptSteps } from './kept-steps.ts'

describe('steps kept for those who come', () => {
  it('are replaced when they are read again and may show less, in their place', () => {
    const steps = new KeptSteps()
    expect(steps.take({ id: 'a', changeId: '1' }, 'Ulf looks')).toBe(true)
    expect(steps.take({ id: 'b', changeId: '2' }, 'Marigold looks')).toBe(true)
    expect(steps.take({ id: 'a', changeId: '1' }, 'Ulf looks')).toBe(false)
    expect(steps.take({ id: 'a', changeId: '1' }, 'somebody looks')).toBe(true)
    expect(steps.texts()).toEqual(['somebody looks', 'Marigold looks'])
  })

  it('move to the end when they change, and do not go back', () => {
    const steps = new KeptSteps()
    steps.take({ id: 'a', changeId: '9' }, 'called')
    steps.take({ id: 'b', changeId: '10' }, 'other')
    expect(steps.take({ id: 'a', changeId: '11' }, 'answered')).toBe(true)
    expect(steps.take({ id: 'a', changeId: '9' }, 'called')).toBe(false)
    expect(steps.texts()).toEqual(['other', 'answered'])
    expect(steps.before).toBe('9')
  })

  it('are the newest forty', () => {
    const steps = new KeptSteps()
    expect(steps.before).toBeNull()
    for (let n = 1; n <= 100; n++) steps.take({ id: `s${n}`, changeId: String(n) }, `step ${n}`)
    expect(steps.texts()).toHaveLength(40)
    expect([steps.texts()[0], steps.before]).toEqual(['step 61', '60'])
  })
})
