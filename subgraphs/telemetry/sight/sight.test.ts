import { describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { AllSettings, CharacterSettings } from './settings.ts'
import { sightOf } from './sight.ts'

const settings = (all: Record<string, CharacterSettings> | null): AllSettings => ({
  all: () => all && new Map(Object.entries(all)),
  veils: () => !all || Object.values(all).some(({ placeShown }) => placeShown !== 'EXACT'),
  [Symbol.asyncDispose]: () => Promise.resolve(),
})
const viewer = (role: Viewer['role'], id = 'me', owner = true): Viewer => ({ kind: 'user', id, name: id, role, session: null, needsPassword: false, owner }) // prettier-ignore
const guild = settings({
  Mine: { owner: 'me', placeShown: 'HIDDEN' },
  Yours: { owner: 'you', placeShown: 'BLURRED' },
  Open: { owner: 'you', placeShown: 'EXACT' },
  Nobodys: { owner: null, placeShown: 'HIDDEN' },
})
const row = { ew: -0.4, ns: 12.5, z: 3, kills: 7 }

describe('sight', () => {
  it('hands a row on as it is where nothing is hidden', () => {
    const sight = sightOf(viewer('viewer'), guild, 'admins')
    for (const name of ['Mine', 'Open', 'Unheard of']) expect(sight.placed(name, row)).toBe(row)
    expect(sightOf(viewer('admin', 'else'), guild, 'admins').placed('Nobodys', row)).toBe(row)
  })
  it('blurs to whole units and hides altogether, and never says minus nothing', () => {
    const sight = sightOf(viewer('operator'), guild, 'admins')
    expect(sight.placed('Yours', row)).toEqual({ ew: 0, ns: 13, z: null, kills: 7 })
    expect(Object.is(sight.placed('Yours', row).ew, 0)).toBe(true)
    expect(sight.placed('Nobodys', row)).toEqual({ ew: null, ns: null, z: null, kills: 7 })
  })
  it.each<[string, Viewer, 'admins' | 'everybody', string[]]>([
    ['the owner', viewer('viewer'), 'admins', ['Mine']],
    ['the owner, where nobody’s are open', viewer('viewer'), 'everybody', ['Mine', 'Nobodys', 'Unheard of']],
    ['an admin', viewer('admin', 'else'), 'admins', ['Mine', 'Yours', 'Open', 'Nobodys', 'Unheard of']],
    ['who shares a stream under an owner’s id', viewer('viewer', 'me', false), 'admins', []],
  ])('private messages of a character are read by %s as by its statement', (_, who, unowned, names) => {
    const sight = sightOf(who, guild, unowned)
    const all = ['Mine', 'Yours', 'Open', 'Nobodys', 'Unheard of']
    expect(all.filter((name) => sight.mayRead(name))).toEqual(names)
    const tells = sight.tells()
    expect(all.filter((name) => !tells || tells.names.includes(name) === tells.only)).toEqual(names)
  })
  it('shows nothing private while nobody knows what is', () => {
    const blind = sightOf(viewer('viewer'), settings(null), 'everybody')
    expect([blind.placeOf('Mine'), blind.mayRead('Mine'), blind.seesAll(), blind.tells()]).toEqual(['HIDDEN', false, false, { only: true, names: [] }]) // prettier-ignore
  })
})
