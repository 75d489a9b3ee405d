import { describe, expect, it } from 'vitest'
import { Alerts } from './alerts.ts'
import { evaluate } from './evaluate.ts'
import { readSamples } from './exposition.ts'
import { History } from './history.ts'
import { faultsOf } from './lint.ts'

const rule = { labels: { severity: 'warning' }, annotations: { summary: '', description: '' } }
const history = (...scrapes: (string | null)[]) => {
  const made = new History()
  for (const [nth, text] of scrapes.entries()) made.scraped('a', nth * 15, text === null ? null : readSamples(text))
  return made
}
const valuesOf = (query: string, of: History, at: number) =>
  evaluate({ query, history: of, at }).map(({ value }) => Math.round(value * 1000) / 1000)

describe('the evaluator of queries', () => {
  it.each([
    ['x > 2', [3]],
    ['x > 5', []],
    ['time() - x > 2 * 10', [27]],
    ['x / y', [0.5]],
    ['x{kind="other"} > 0', []],
    ['x{kind!="other",job=~"a|b"} > 0', [3]],
    ['sum by (job) (z)', [3]],
    ['max(z) + 1', [3]],
    ['increase(count_total[1m])', [25]],
    ['rate(count_total[1m])', [0.417]],
    ['up == 0', []],
    ['(x + 1) * 2 > 7', [8]],
  ])('%s is %j', (query, expected) => {
    const lines = (count: number) => `x 3\ny 6\nz{k="1"} 1\nz{k="2"} 2\ncount_total ${count}\n`
    expect(valuesOf(query, history(lines(100), lines(110), lines(120)), 30)).toEqual(expected)
  })

  it('counts on over a restart, forgets what is gone, and knows a target that does not answer', () => {
    const restarted = history('count_total 100', 'count_total 110', 'count_total 5')
    expect(valuesOf('increase(count_total[5m])', restarted, 30)[0]).toBeGreaterThan(15)
    const gone = history('x 1', null)
    expect([valuesOf('x', gone, 15), valuesOf('up', gone, 15)]).toEqual([[], [0]])
    expect(valuesOf('x', history('x 1'), 400)).toEqual([])
  })

  it.each(['absent(x)', 'x offset 5m', 'x and y', 'count(x)', 'x > on(job) y', '1 > 0', 'sum(x', '-x'])(
    'refuses what it does not know: %s',
    (query) => expect(() => evaluate({ query, history: history('x 1\ny 1'), at: 0 })).toThrow(),
  )

  it('lets an alert fire once it was true for its time, and starts over after it was false', () => {
    const alerts = new Alerts([{ ...rule, alert: 'High', expr: 'x > 1', for: '30s' }])
    const made = new History()
    const at = (second: number, x: number) => {
      made.scraped('a', second, [{ name: 'x', labels: {}, value: x }])
      return [...alerts.firing(made, second)]
    }
    expect([at(0, 2), at(15, 2), at(30, 2), at(45, 1), at(60, 2), at(75, 2)]).toEqual([[], [], ['High'], [], [], []])
  })
})

describe('the reader of metrics', () => {
  it('reads labels and numbers, and refuses a line that is neither sample nor comment', () => {
    expect(readSamples('# HELP x y\nx{a="b\\"c\\n",d=""} 1e3\ny +Inf\n')).toEqual([
      { name: 'x', labels: { a: 'b"c\n', d: '' }, value: 1000 },
      { name: 'y', labels: {}, value: Infinity },
    ])
    for (const line of ['x', 'x{a=b} 1', 'x one', '{} 1']) expect(() => readSamples(line)).toThrow()
  })
})

describe('the check of names', () => {
  it.each([
    ['a counter without _total', { name: 'x', type: 'counter' }],
    ['a gauge with _total', { name: 'x_total', type: 'gauge' }],
    ['milliseconds', { name: 'x_milliseconds', type: 'gauge' }],
    ['megabytes', { name: 'x_megabytes', type: 'gauge' }],
    ['hours', { name: 'x_hours', type: 'gauge' }],
    ['an abbreviation', { name: 'x_ms', type: 'gauge' }],
    ['its type in the name', { name: 'x_gauge', type: 'gauge' }],
    ['_count of a gauge', { name: 'x_count', type: 'gauge' }],
    ['camelCase', { name: 'xY', type: 'gauge' }],
    ['a label of histograms', { name: 'x', type: 'gauge', labelNames: ['le'] }],
    ['no help', { name: 'x', type: 'gauge', help: '' }],
  ])('finds %s', (_, metric) => {
    expect(faultsOf({ help: 'Help', labelNames: [], ...metric })).toHaveLength(1)
  })
  it('accepts the usual ones', () => {
    for (const [name, type] of [
      ['x_seconds', 'histogram'],
      ['x_bytes', 'gauge'],
      ['x_total', 'counter'],
      ['x_seconds_total', 'counter'],
    ])
      expect(faultsOf({ name: name!, type: type!, help: 'Help', labelNames: ['kind'] })).toEqual([])
  })
})
