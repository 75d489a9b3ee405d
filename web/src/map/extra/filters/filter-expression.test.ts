import { describe, expect, it } from 'vitest'
import { readFilter } from './filter-expression.ts'

const whereOf = (expression: string, favourites: string[] = []) => readFilter(expression, { favourites })

describe('the words of a filter', () => {
  it.each([
    ['', {}],
    ['live', { live: true }],
    ['-live mine', { live: false, mine: true }],
    ['tag:mules tag:"Hunters of Holtburg"', { tags: ['mules', 'Hunters of Holtburg'] }],
    ['name:"Larsson II" name:Aby', { names: ['Larsson II', 'Aby'] }],
    ['lars son', { text: 'lars son' }],
    ['"live"', { text: 'live' }],
    ['near:42.1N,33.6E', { near: { ns: 42.1, ew: 33.6, distance: 5 } }],
    ['state:Idle state:dead', { activities: ['IDLE', 'DEAD'] }],
    ['health:<50 kills:>=100 live', { healthPercent: { max: 50 }, killsPerHour: { min: 100 }, live: true }],
    ['health:20-80.5', { healthPercent: { min: 20, max: 80.5 } }],
    ['kills:>100 kills:<400', { killsPerHour: { min: 100, max: 400 } }],
    ['near:42.1s,33.6w,0.5 live', { near: { ns: -42.1, ew: -33.6, distance: 0.5 }, live: true }],
  ])('%s', (expression, where) => {
    expect(whereOf(expression)).toEqual({ where })
  })

  it('take favourites as names, with others that are named', () => {
    expect(whereOf('favourite name:Aby', ['Larsson'])).toEqual({ where: { names: ['Larsson', 'Aby'] } })
    expect(whereOf('favourite')).toHaveProperty('fault')
  })

  it.each([
    'near:nowhere',
    'near:42.1N,33.6E,301',
    'near:42.1N,33.6E,',
    'level:5',
    '-tag:mules',
    '-lars',
    'state:fighting',
    'health:half',
    'health:<20-30',
    'kills:9-3',
  ])('that mean nothing say so: %s', (expression) => {
    expect(whereOf(expression)).toHaveProperty('fault')
  })
})
