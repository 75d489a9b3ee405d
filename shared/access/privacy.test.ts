import { describe, expect, it } from 'vitest'
import type { Viewer } from '../auth/viewer.ts'
import type { PlaceShown } from './character-settings.ts'
import { privacyOf } from './privacy.ts'
import { aViewer, settingsOf } from './testing/viewers.ts'

const guild = settingsOf({
  Mine: { owner: 'me', placeShown: 'HIDDEN' },
  Yours: { owner: 'you', placeShown: 'BLURRED' },
  Open: { owner: 'you', placeShown: 'EXACT' },
  Nobodys: { owner: null, placeShown: 'HIDDEN' },
})
const ALL = ['Mine', 'Yours', 'Open', 'Nobodys', 'Unheard of']
const EXACT: PlaceShown[] = ['EXACT', 'EXACT', 'EXACT', 'EXACT', 'EXACT']

describe('privacy', () => {
  it.each<[string, Viewer, PlaceShown[]]>([
    ['its owner', aViewer('viewer'), ['EXACT', 'BLURRED', 'EXACT', 'HIDDEN', 'EXACT']],
    ['an operator', aViewer('operator', { id: 'else' }), ['HIDDEN', 'BLURRED', 'EXACT', 'HIDDEN', 'EXACT']],
    ['an admin', aViewer('admin', { id: 'else' }), EXACT],
    [
      'a token',
      aViewer('operator', { kind: 'token', owner: false }),
      ['HIDDEN', 'BLURRED', 'EXACT', 'HIDDEN', 'EXACT'],
    ],
    [
      'a shared stream under an owner’s id',
      aViewer('viewer', { owner: false }),
      ['HIDDEN', 'BLURRED', 'EXACT', 'HIDDEN', 'EXACT'],
    ],
  ])('a place is shown to %s as the character says', (_, who, shown) => {
    const privacy = privacyOf(who, guild, 'everybody')
    expect(ALL.map((name) => privacy.placeOf(name))).toEqual(shown)
    expect(privacy.withoutPlace()).toEqual(ALL.filter((_, n) => shown[n] !== 'EXACT'))
  })

  it.each<[string, Viewer, 'admins' | 'everybody', string[]]>([
    ['the owner', aViewer('viewer'), 'admins', ['Mine']],
    ['the owner, where nobody’s are open', aViewer('viewer'), 'everybody', ['Mine', 'Nobodys', 'Unheard of']],
    ['an operator', aViewer('operator', { id: 'else', owner: false }), 'admins', []],
    ['an admin', aViewer('admin', { id: 'else' }), 'admins', ALL],
    ['who shares a stream under an owner’s id', aViewer('viewer', { owner: false }), 'admins', []],
  ])('private messages of a character are read by %s as by its statement', (_, who, unowned, names) => {
    const privacy = privacyOf(who, guild, unowned)
    expect(ALL.filter((name) => privacy.mayRead(name))).toEqual(names)
    const readable = privacy.readable()
    expect(ALL.filter((name) => !readable || readable.names.includes(name) === readable.only)).toEqual(names)
  })

  it('lists the places that nobody may be found by, and finds nobody while the settings are not known', () => {
    const restricted = (role: Viewer['role'], settings = guild) =>
      privacyOf(aViewer(role, { id: 'else' }), settings, 'admins').restrictedPlaces()
    expect(restricted('viewer')).toEqual({ unknown: false, hidden: ['Mine', 'Nobodys'], blurred: ['Yours'] })
    expect(restricted('operator', settingsOf(null))).toEqual({ unknown: true, hidden: [], blurred: [] })
    expect(restricted('admin', settingsOf(null))).toEqual({ unknown: false, hidden: [], blurred: [] })
  })

  it('sees every place if none is hidden, and as an admin', () => {
    const open = settingsOf({ Open: { owner: 'you', placeShown: 'EXACT' } })
    expect(privacyOf(aViewer('viewer'), open, 'admins').seesEveryPlace()).toBe(true)
    expect(privacyOf(aViewer('viewer'), open, 'admins').placeOf('Open')).toBe('EXACT')
    expect(privacyOf(aViewer('viewer'), guild, 'admins').seesEveryPlace()).toBe(false)
    expect(privacyOf(aViewer('operator'), guild, 'admins').seesEveryPlace()).toBe(false)
    expect(privacyOf(aViewer('admin'), guild, 'admins').seesEveryPlace()).toBe(true)
  })

  it('shows nothing private while the settings are not known, but to admins', () => {
    const of = (role: Viewer['role']) => privacyOf(aViewer(role), settingsOf(null), 'everybody')
    const blind = of('operator')
    expect([blind.placeOf('Mine'), blind.mayRead('Mine'), blind.seesEveryPlace(), blind.readable()]).toEqual([
      'HIDDEN',
      false,
      false,
      { only: true, names: [] },
    ])
    const admin = of('admin')
    expect([admin.placeOf('Mine'), admin.mayRead('Mine'), admin.seesEveryPlace(), admin.readable()]).toEqual([
      'EXACT',
      true,
      true,
      null,
    ])
  })
})
