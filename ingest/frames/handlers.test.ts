import { describe, expect, it } from 'vitest'
import { contract } from './registry.ts'
import type { HandlerContext } from './outcome.ts'
import { channelOf, onChat, senderOf } from './chat/handler.ts'
import { onFullInventory } from './inventory/full-handler.ts'
import { onInventoryDelta } from './inventory/delta-handler.ts'
import { handlers } from './registry.ts'
import { onRare } from './rare/handler.ts'
import { onTelemetry } from './telemetry/handler.ts'
import { onVitals } from './vitals/handler.ts'

const now = new Date('2026-06-20T12:00:00Z')
const around: HandlerContext = { now, receivedAt: now.toISOString(), server: 'Coldeve', nextId: () => '1', raw: {} }

describe('handlers', () => {
  it('are exactly one for every frame type of the contract', () => {
    expect([...handlers.keys()].sort()).toEqual([...contract.keys()].sort())
  })

  it('[TIM1] keep the client’s moment beside ours, and publish telemetry at once', () => {
    const outcome = onTelemetry(
      { character_name: 'Larsson', ew: 1, ns: 2, timestamp: '2020-01-01T00:00:00Z', onlinetime: '00:01:00' },
      around,
    )
    expect(outcome).toMatchObject({
      kept: true,
      publish: [
        {
          topic: 'ev.telemetry.TGFyc3Nvbg',
          event: {
            clientAt: '2020-01-01T00:00:00.000Z',
            receivedAt: now.toISOString(),
            onlineSeconds: 60,
            kills: null,
          },
        },
      ],
    })
  })

  it('[VIT1] compute a share that was not sent, to one decimal', () => {
    const outcome = onVitals(
      {
        character_name: 'Larsson',
        health_current: 341,
        health_max: 372,
        mana_percentage: 12.5,
        stamina_current: 5,
        stamina_max: 0,
      },
      around,
    )
    expect(outcome).toMatchObject({ rows: [{ row: { healthPercent: 91.7, manaPercent: 12.5, staminaPercent: null } }] })
  })

  it.each([
    ['[Allegiance] Sawato says, "gj"', 'ALLEGIANCE'],
    ['[Fellowship] Larsson: wave 3 up', 'FELLOWSHIP'],
    ['[Trade] Zarquan says, "WTS"', 'TRADE'],
    ['Nuada tells you, "portal up"', 'TELL'],
    ['You tell Nuada, "ok"', 'TELL'],
    ['Larsson says, "hello"', 'SAY'],
    ['You say, "hello"', 'SAY'],
    ['Sir Longname Bearer of the Many Words tells you, "psst"', 'TELL'],
    ['Åke "the Red" tells you, "psst"', 'TELL'],
    ['Your patron Bob says to you, "psst"', 'TELL'],
    ['You say, "he tells you, "x""', 'SAY'],
    ['Bob says, "Ann tells you, "x""', 'SAY'],
    ['[Co-Vassals] Bob says, "c"', 'ALLEGIANCE'],
    ['[Trade] Bob says, "Ann tells you, "x""', 'TRADE'],
    ['[CHT7] Nuada tells you, "psst"', 'TELL'],
    ['[Tell] [12:31:07] Nuada tells you, "psst"', 'TELL'],
    ['[12:31:07] You tell Nuada, "ok"', 'TELL'],
    ['NUADA TELLS YOU, "psst"', 'TELL'],
    ['  Nuada  tells  you ,  "psst"', 'TELL'],
    ['Nuada tells you "psst"', 'TELL'],
    ['Nuada tells you, “psst”', 'TELL'],
    ['you TELL Nuada,"ok"', 'TELL'],
    ['You say to Nuada, "ok"', 'TELL'],
    ['12:01:02 You tell Nuada, "ok"', 'TELL'],
    ['(12:01) * You tell Nuada, "ok"', 'TELL'],
    ["Nuada tells you, 'psst'", 'TELL'],
    ["You tell O'Neil, «ok»", 'TELL'],
    ['Nuada tells you: "psst"', 'TELL'],
    ['[Nuada tells you], "psst"', 'TELL'],
    ['Nuada tells [you], "psst"', 'TELL'],
    ['\u200bYou tell Nuada, "ok"', 'TELL'],
    [`${' '.repeat(400)}You tell Nuada, "ok"`, 'TELL'],
    ['[Tell] Nuada: psst', 'TELL'],
    ['[Fellowship] Nuada tells you, "psst"', 'TELL'],
    ['  [trade] Zarquan says, "WTS"', 'TRADE'],
    ['[Strange] thing', 'OTHER'],
    ['The guide tells you nothing.', 'OTHER'],
    ['You gain 2,400,000 experience.', 'OTHER'],
  ])('[CHT1] read %s as %s', (text, channel) => {
    expect(channelOf(text)).toBe(channel)
  })

  it.each([
    ['[Allegiance] Sawato says, "gj"', 'Sawato'],
    ['[Fellowship] Larsson: wave 3 up', 'Larsson'],
    ['Bob the Builder tells you, "portal up"', 'Bob the Builder'],
    ['You tell Nuada, "ok"', 'Reader'],
    ['You say, "she says, "hello""', 'Reader'],
    ['Your patron Bob says to you, "psst"', 'Bob'],
    ['[Co-Vassals] Bob says, "c"', 'Bob'],
    ['You gain 2,400,000 experience.', null],
    ['The drudge says nothing.', null],
    ['[Strange] thing', null],
    ['', null],
  ])('[CHT2] read who spoke %s', (text, sender) => {
    expect(senderOf(text, 'Reader')).toBe(sender)
  })

  it.each([
    [
      '<Tell:IIDString:1343111160:Sir Longname Bearer>Sir Longname Bearer<\\Tell> tells you, "psst"\n',
      'TELL',
      'Sir Longname Bearer',
    ],
    ['[Allegiance] <Tell:IIDString:1:Sawato>Sawato<\\Tell> says, "gj"', 'ALLEGIANCE', 'Sawato'],
    ['You tell <Tell:IIDString:1:Sawato>Sawato<\\Tell>, "gj"', 'TELL', 'A'],
  ])('[CHT4] take the marks of a name out of %s', (text, channel, sender) => {
    const { rows } = onChat({ character_name: 'A', text }, around) as { rows: { row: { text: string } }[] }
    expect(rows[0]!.row).toMatchObject({ channel, sender })
    expect(rows[0]!.row.text).not.toMatch(/[<>\n]/)
  })

  it('[CHT4] keep the blanks at the end of a line that has no line break', () => {
    const textOf = (text: string) =>
      (onChat({ character_name: 'A', text }, around) as { rows: { row: { text: string } }[] }).rows[0]!.row.text
    expect([textOf('a  '), textOf('a \n'), textOf('\n')]).toEqual(['a  ', 'a', ''])
  })

  it.each<[{ char_tag?: string | null }, string | null]>([
    [{ char_tag: 'Mule' }, 'Mule'],
    [{ char_tag: null }, ''],
    [{}, null],
  ])('[TAG1] read the tag of %j as %j', (raw, tag) => {
    const frame = { character_name: 'A', ew: 1, ns: 2, ...(raw.char_tag ? { char_tag: raw.char_tag } : {}) }
    expect(onTelemetry(frame, { ...around, raw })).toMatchObject({ publish: [{ event: { tag } }] })
  })

  it('give chat an id of its own before it is stored', () => {
    expect(onChat({ character_name: 'A', text: 'x' }, around)).toMatchObject({ publish: [{ event: { id: '1' } }] })
  })

  it.each([
    ['Infinite Leather', 'GREAT'],
    ["Adherent's Crystal", 'COMMON'],
    ['Pearl of Blood Drinking', 'COMMON'],
    ['Spoon', 'UNKNOWN'],
  ])('[RAR1] find %s to be %s', (name, tier) => {
    expect(onRare({ character_name: 'A', name }, around)).toMatchObject({ rows: [{ row: { tier } }, {}], publish: [] })
  })

  it('[INV5] count a bad item, lay it with the dead letters and keep the others; of twins the last counts', () => {
    const outcome = onFullInventory(
      { character_name: 'A', items: [{ Id: 1, Name: 'old' }, 'none', { Id: 1, Name: 'new' }, { Id: -1 }] },
      around,
    )
    expect(outcome).toMatchObject({
      counted: ['bad_item'],
      rows: [
        { row: { kind: 'full', server: 'Coldeve', items: [{ gameId: 1, name: 'new' }, { gameId: 4294967295 }] } },
        { table: 'dead_letters', row: { path: '/items/1', reason: 'is no object', frame: '"none"' } },
      ],
    })
  })

  it('[INV4] take the item’s id from wherever an item that left names it', () => {
    const gone = { rows: [{ row: { kind: 'take', gameId: 4294967295 } }] }
    expect(onInventoryDelta({ character_name: 'A', action: 'remove', item_id: -1 }, around)).toMatchObject(gone)
    expect(onInventoryDelta({ character_name: 'A', action: 'remove', item: { Id: -1 } }, around)).toMatchObject(gone)
    expect(onInventoryDelta({ character_name: 'A', action: 'remove' }, around)).toMatchObject({
      kept: false,
      path: '/item_id',
    })
    expect(onInventoryDelta({ character_name: 'A', action: 'add' }, around)).toMatchObject({
      kept: false,
      path: '/item',
    })
  })
})
