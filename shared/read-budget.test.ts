import { describe, expect, it } from 'vitest'
import { heapBytesOf, ReadBudgets } from './read-budget.ts'

const one = { kind: 'user', id: '1' } as const
const two = { kind: 'user', id: '2' } as const
const limits = { perOperation: 1_000, perViewer: 1_500, overall: 2_500 }
const text = (bytes: number) => 'x'.repeat(bytes - heapBytesOf(''))
const codeOf = (work: () => void): unknown => {
  try {
    work()
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code
  }
  return null
}

describe('[LIM5] what an operation reads', () => {
  it('is refused beyond its limit, and every later statement of it too', () => {
    const budget = new ReadBudgets(limits).of(one)
    expect(codeOf(() => budget.take(text(1_000)))).toBeNull()
    expect(codeOf(() => budget.take(text(100)))).toBe('TOO_LARGE')
    expect(codeOf(() => budget.check())).toBe('TOO_LARGE')
  })

  it('counts for all operations of its viewer together, until its answer is built', () => {
    const budgets = new ReadBudgets(limits)
    const first = budgets.of(one)
    const second = budgets.of(one)
    first.take(text(900))
    expect(codeOf(() => second.take(text(900)))).toBe('TOO_MUCH_UNREAD')
    expect(codeOf(() => budgets.of(one).check())).toBe('TOO_MUCH_UNREAD')
    expect(codeOf(() => budgets.of(two).check())).toBeNull()
    first[Symbol.dispose]()
    first[Symbol.dispose]()
    expect(codeOf(() => second.check())).toBeNull()
    second[Symbol.dispose]()
    expect(codeOf(() => budgets.of(one).take(text(1_000)))).toBeNull()
  })

  it('counts for all viewers together', () => {
    const budgets = new ReadBudgets({ ...limits, overall: 1_200 })
    budgets.of(one).take(text(700))
    expect(codeOf(() => budgets.of(two).take(text(700)))).toBe('TOO_MUCH_UNREAD')
  })

  it('is not counted once its answer is built', () => {
    const budgets = new ReadBudgets(limits)
    const budget = budgets.of(one)
    budget[Symbol.dispose]()
    budget.take(text(5_000))
    expect(codeOf(() => budgets.of(one).check())).toBeNull()
  })

  it('is measured as memory: small values of JSON may be large', () => {
    expect(heapBytesOf(Array.from({ length: 100 }, () => []))).toBeGreaterThan(3_000)
    expect(heapBytesOf(Buffer.alloc(5_000))).toBeGreaterThanOrEqual(5_000)
    expect(heapBytesOf([{ a: 1, b: null, c: 'text' }])).toBeLessThan(200)
  })
})
