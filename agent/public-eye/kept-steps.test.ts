import { describe, expect, it } from 'vitest'
import { KeptSteps } from './kept-steps.ts'

/** Takes a step without a delay. */
function take(steps: KeptSteps, id: string, changeId: string, text: string): string | null {
  const is = steps.read({ id, changeId }, text)
  return is === 'coming' ? steps.show({ id, changeId }) : is === 'changed' ? text : null
}

describe('steps kept for those who come', () => {
  it('are replaced when they are read again and may show less, in their place', () => {
    const steps = new KeptSteps()
    expect(take(steps, 'a', '1', 'Ulf looks')).toBe('Ulf looks')
    expect(take(steps, 'b', '2', 'Marigold looks')).toBe('Marigold looks')
    expect(take(steps, 'a', '1', 'Ulf looks')).toBeNull()
    expect(take(steps, 'a', '1', 'somebody looks')).toBe('somebody looks')
    expect(steps.texts()).toEqual(['somebody looks', 'Marigold looks'])
  })

  it('move to the end when they change, and do not go back', () => {
    const steps = new KeptSteps()
    take(steps, 'a', '9', 'called')
    take(steps, 'b', '10', 'other')
    expect(take(steps, 'a', '11', 'answered')).toBe('answered')
    expect(take(steps, 'a', '9', 'called')).toBeNull()
    expect(steps.texts()).toEqual(['other', 'answered'])
    expect(steps.before).toBe('9')
  })

  it('are the newest forty', () => {
    const steps = new KeptSteps()
    expect(steps.before).toBeNull()
    for (let n = 1; n <= 100; n++) take(steps, `s${n}`, String(n), `step ${n}`)
    expect(steps.texts()).toHaveLength(40)
    expect([steps.texts()[0], steps.before]).toEqual(['step 61', '60'])
  })

  it('are shown after their delay as they may be shown then, and read again from the first that waits', () => {
    const steps = new KeptSteps()
    const [first, second] = [
      { id: 'a', changeId: '5' },
      { id: 'a', changeId: '7' },
    ]
    expect(steps.read(first, 'Ulf looks')).toBe('coming')
    expect(steps.before).toBe('4')
    expect(steps.read(first, 'somebody looks')).toBe('known')
    expect(steps.texts()).toEqual([])
    expect(steps.read(second, 'somebody looked')).toBe('coming')
    expect(steps.show(first)).toBe('somebody looks')
    expect(steps.show(second)).toBe('somebody looked')
    expect(steps.show(second)).toBeNull()
  })
})
