import { describe, expect, it } from 'vitest'
import { viewOfAddress } from './current-view.ts'

const of = (hash: string, favourites: string[] = []) => viewOfAddress(hash, favourites, 800)

describe('the view of an address', () => {
  it('has its camera, moment, selection, layers, colours and filters', () => {
    const hash = '#c=33.60,42.10,16.00&t=2026-03-01T12:00:00Z&s=Larsson&f=1&l=names,grid&by=health&q=hidden;RED live'
    expect(of(hash)).toEqual({
      view: {
        ew: 33.6,
        ns: 42.1,
        across: 50,
        selected: 'Larsson',
        following: true,
        layers: ['names', 'grid'],
        colouring: 'health',
        moment: '2026-03-01T12:00:00.000Z',
        hidesOthers: true,
        filters: [{ colour: 'RED', where: { live: true } }],
      },
    })
  })

  it('is that of now, with everybody, where the address says nothing else', () => {
    expect(of('#c=1,2,8')).toMatchObject({
      view: { selected: null, following: false, layers: [], moment: null, hidesOthers: false, filters: [] },
    })
  })

  it('names favourites, which the visitor does not have', () => {
    expect(of('#c=1,2,8&q=hidden;RED favourite', ['Aby'])).toMatchObject({
      view: { filters: [{ where: { names: ['Aby'] } }] },
    })
  })

  it.each([
    ['without a camera', '#l=names', 'names no place on the map yet'],
    ['with a filter that means nothing', '#c=1,2,8&q=hidden;RED level:5', 'The filter “level:5” cannot be read'],
  ])('cannot be shared %s, rather than show more than it does', (_, hash, fault) => {
    expect(of(hash)).toEqual({ fault: expect.stringContaining(fault) as string })
  })
})
