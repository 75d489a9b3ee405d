// Who hides or blurs their place in the guild is not named by a public world either, whatever program reports it.
import { describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { publicResolvers } from './resolvers.ts'

const settings = new Map([
  ['Shy Mage', { owner: null, placeShown: 'HIDDEN' as const }],
  ['Open', { owner: 'u', placeShown: 'EXACT' as const }],
])
const contextOf = (known: typeof settings | null) => ({ settings: { all: () => known } }) as unknown as Context
const player = (id: string, name: string) => ({ id, kind: 'PLAYER' as const, name, x: 0, y: 0, z: 0 })
const view = {
  mode: 'after shy-mage',
  player: 'ShyMage',
  entities: [player('1', 'Shy_Mage'), player('2', 'Open'), { ...player('3', 'cow'), kind: 'CREATURE' as const }],
  gone: ['9'],
}
type Field = (view: unknown, args: object, context: Context) => unknown
const shown = (context: Context, of: object = view) =>
  Object.fromEntries(
    Object.entries(publicResolvers.PublicWorldView!).map(([field, resolve]) => [
      field,
      (resolve as Field)(of, {}, context),
    ]),
  )

describe('a world for the public', () => {
  it('does not name who hides, however the name is written, and says they are gone', () => {
    expect(shown(contextOf(settings))).toMatchObject({
      mode: 'active',
      player: null,
      entities: [{ name: 'Open' }, { name: 'cow' }],
      gone: ['9', '1'],
    })
  })
  it('names nobody before it is known who hides', () => {
    expect(shown(contextOf(null))).toMatchObject({ mode: 'active', player: null, entities: [{ name: 'cow' }] })
  })
  it('has the mode and players of others', () => {
    expect(shown(contextOf(settings), { ...view, mode: 'god', player: 'Open' })).toMatchObject({
      mode: 'god',
      player: 'Open',
    })
  })
})
