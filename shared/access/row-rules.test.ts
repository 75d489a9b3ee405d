import { describe, expect, it } from 'vitest'
import { privacyOf } from './privacy.ts'
import type { RadarEvent } from '../contract/topics.ts'
import { isRowRule, rowRules, shownRadar } from './row-rules.ts'
import { aViewer, settingsOf } from './testing/viewers.ts'

const guild = settingsOf({
  Mine: { owner: 'me', placeShown: 'HIDDEN' },
  Blurred: { owner: 'you', placeShown: 'BLURRED' },
  'Hid "n"': { owner: 'you', placeShown: 'HIDDEN' },
})
const NAMES = ['Mine', 'Blurred', 'Hid "n"', 'Open']
const [viewer, admin] = (['operator', 'admin'] as const).map((role) => privacyOf(aViewer(role), guild, 'admins'))
const open = privacyOf(aViewer('viewer'), settingsOf({}), 'admins')

describe('row rules', () => {
  it('guildEvent: keeps back commands from all but admins, and alerts as elsewhere', () => {
    const event = (kind: string, details: object | null) => ({ kind, character: 'Blurred', details })
    const shown = (privacy: typeof open) =>
      [
        event('COMMAND', null),
        event('RARE', null),
        event('ALERT', { field: 'EW' }),
        event('ALERT', { channel: 'TELL' }),
      ].map((row) => rowRules.guildEvent(privacy, row))
    expect([shown(viewer!), shown(admin!)]).toEqual([
      [false, true, false, false],
      [true, true, true, true],
    ])
  })

  it('are known by name, and no others', () => {
    const names = ['alert', 'frame', 'place', 'privateMessage', 'radar', 'toString', '']
    expect(names.filter(isRowRule)).toEqual(['alert', 'frame', 'place', 'privateMessage', 'radar'])
  })

  it('place: keeps back who hides it, and not who blurs it', () => {
    const shown = (privacy: typeof open) => NAMES.filter((character) => rowRules.place(privacy, { character }))
    expect([shown(viewer!), shown(admin!)]).toEqual([['Mine', 'Blurred', 'Open'], NAMES])
  })

  it('privateMessage: hides private messages of others, and no public lines', () => {
    const read = (privacy: typeof open, channel: string) =>
      NAMES.filter((character) => rowRules.privateMessage(privacy, { channel, character }))
    expect([read(viewer!, 'TELL'), read(viewer!, 'SAY')]).toEqual([['Mine'], NAMES])
    expect(read(admin!, 'TELL')).toEqual(NAMES)
  })

  it('alert: hides alerts that reveal a private message or a hidden place', () => {
    const known = (privacy: typeof open, details: unknown) =>
      [...NAMES, null].filter((character) => rowRules.alert(privacy, { character, details }))
    const all = [...NAMES, null]
    expect(known(viewer!, { channel: 'TELL' })).toEqual(['Mine', null])
    expect(known(viewer!, { channel: 'SAY' })).toEqual(all)
    for (const field of ['EW', 'NS', 'Z', 'AREA']) expect(known(viewer!, { field })).toEqual(['Mine', 'Open', null])
    expect(known(viewer!, { channel: 'TELL', field: 'EW' })).toEqual(['Mine', null])
    for (const details of [{ field: 'KILLS' }, { field: 3 }, {}, null]) expect(known(viewer!, details)).toEqual(all)
    expect(known(admin!, { channel: 'TELL', field: 'EW' })).toEqual(all)
  })

  it('radar: shows a picture complete or not at all, without characters that hide their place', () => {
    const objects = [{ name: 'Drudge' }, { name: null }, { name: 'Blurred' }, { name: 'Mine' }]
    const picture = (character: string) => ({ character, objects }) as never
    expect(NAMES.filter((character) => rowRules.radar(viewer!, { character }))).toEqual(['Mine', 'Open'])
    expect(shownRadar(viewer!, picture('Blurred'))).toBeUndefined()
    expect(shownRadar(viewer!, picture('Open'))).toEqual({
      character: 'Open',
      objects: [{ name: 'Drudge' }, { name: null }, { name: 'Mine' }],
    })
    const [same, quiet] = [picture('Blurred'), { character: 'Open', objects: [{ name: 'Drudge' }] } as never]
    expect([shownRadar(admin!, same), shownRadar(open, same)]).toEqual([same, same])
    expect(shownRadar(viewer!, quiet)).toBe(quiet)
  })

  it('radar: leaves out whatever names them, in other capitals, with blanks, and their corpses', () => {
    const shown = (name: string) =>
      shownRadar(viewer!, { character: 'Open', objects: [{ name }] } as unknown as RadarEvent)!.objects.length === 1
    for (const name of [
      'blurred',
      'BLURRED ',
      'Blur\u200bred',
      'Ｂlurred',
      ' Blurred',
      'Corpse of Blurred',
      'corpse of BLURRED ',
      "Blurred's Shadow",
    ])
      expect([name, shown(name)]).toEqual([name, false])
    for (const name of ['Blurredness', 'Unblurred', 'Corpse of Mine', 'Open ', ''])
      expect([name, shown(name)]).toEqual([name, true])
    const about = (text: string) => rowRules.frame(viewer!, { character: null, body: { text } })
    expect(['near blurred', 'NEAR BLURRED ', 'near nobody'].map(about)).toEqual([false, false, true])
  })

  it('frame: hides frames from or about characters that blur or hide their place', () => {
    const frame = (character: string | null, body: unknown) => ({ type: 't', receivedAt: '', character, body })
    const shown = (character: string | null, body: unknown) =>
      [viewer!, admin!, open].map((privacy) => rowRules.frame(privacy, frame(character, body)))
    expect(shown('Open', { near: 'Drudge' })).toEqual([true, true, true])
    expect(shown('Blurred', {})).toEqual([false, true, true])
    expect(shown('Mine', {})).toEqual([true, true, true])
    expect(shown(null, { deep: [{ of: 'Blurred' }] })).toEqual([false, true, true])
    expect(shown('Open', { near: 'Hid "n"' })).toEqual([false, true, true])
    expect(shown('Open', undefined)).toEqual([true, true, true])
    const twice = frame('Open', { near: 'Blurred' })
    expect([rowRules.frame(viewer!, twice), rowRules.frame(viewer!, twice)]).toEqual([false, false])
  })
})
