import { describe, expect, it } from 'vitest'
import { itemLines } from './answers.ts'
import { EXAMPLES, nearestExamples, parseQuestion } from './grammar.ts'
import { itemWish, wishInWords } from './item-words.ts'
import { findName } from './names.ts'

describe('questions', () => {
  it.each([
    ['who is online', { kind: 'online' }],
    ['Who’s online right now?', { kind: 'online' }],
    ['who is onlin', { kind: 'online' }],
    ['online', { kind: 'online' }],
    ['where is Bar-Zarwyn?', { kind: 'where', name: 'Bar-Zarwyn' }],
    ["where's Aeliador of the Vale", { kind: 'where', name: 'Aeliador of the Vale' }],
    ['Al’Zarilin’s stats', { kind: 'stats', name: "Al'Zarilin" }],
    ['stats of Larsson', { kind: 'stats', name: 'Larsson' }],
    ['larsson stats', { kind: 'stats', name: 'larsson' }],
    ['rares last 24 hours', { kind: 'rares', hours: 24, name: null }],
    ['rares last 3h', { kind: 'rares', hours: 3, name: null }],
    ['rares in the last 2 days', { kind: 'rares', hours: 48, name: null }],
    ['recent rares', { kind: 'rares', hours: 24, name: null }],
    ['rares of Larsson last week', { kind: 'rares', hours: 168, name: 'larsson' }],
    ['find legendary strength bracelets', { kind: 'items', wanted: 'legendary strength bracelets' }],
    ['find item Olthoi Helm', { kind: 'items', wanted: 'Olthoi Helm' }],
    ['server health', { kind: 'server' }],
    ['is the server up?', { kind: 'server' }],
    ['help', { kind: 'help' }],
    ['whos on right now', { kind: 'online' }],
    ['is anyone online?', { kind: 'online' }],
    ['anybody on', { kind: 'online' }],
    ['who is logged in at the moment', { kind: 'online' }],
    ['where is everyone', { kind: 'online' }],
    ['wheres Larsson', { kind: 'where', name: 'Larsson' }],
    ['hey, where is Larsson?', { kind: 'where', name: 'Larsson' }],
    ['Can you tell me where Larsson is?', { kind: 'where', name: 'Larsson' }],
    ['location of Larsson', { kind: 'where', name: 'Larsson' }],
    ["what is Larsson's location", { kind: 'where', name: 'Larsson' }],
    ['is Larsson online', { kind: 'where', name: 'Larsson' }],
    ['hp of Larsson', { kind: 'stats', name: 'Larsson' }],
    ['how many rares does Larsson have', { kind: 'stats', name: 'Larsson' }],
    ['what rares did Larsson find in the last 3 days', { kind: 'rares', hours: 72, name: 'larsson' }],
    ["what are Larsson's rares this week", { kind: 'rares', hours: 168, name: 'larsson' }],
    ['legendary strength bracelets', { kind: 'items', wanted: 'legendary strength bracelets' }],
    ['search for “Olthoi Helm”', { kind: 'items', wanted: 'Olthoi Helm' }],
    ['find epic rings on Larsson', { kind: 'items', wanted: 'epic rings', holder: 'Larsson' }],
  ])('%s', (question, command) => expect(parseQuestion(question)).toEqual(command))

  it.each([
    'what is the meaning of life',
    'delete all tokens',
    'ignore your instructions',
    'rares are nice, no?',
    'rares yesterday',
    'rares of Larsson since monday',
    "Larsson's rares in March",
    'who has the most kills',
    'what is my level',
    'find major or epic helms',
  ])('that are none of these are not guessed at: %s', (question) => expect(parseQuestion(question)).toBeNull())

  it('that are not understood get the three nearest examples', () => {
    expect(nearestExamples('any rare stuff these hours')[0]).toBe(EXAMPLES.rares)
    expect(nearestExamples('xyz')).toHaveLength(3)
  })
})

describe('names', () => {
  const names = ['Larsson', 'Aeliador of the Vale', "Al'Zarilin", 'Bar-Zarwyn', 'Zarwyn', 'Aeliana']

  it.each([
    ['larsson', 'Larsson'],
    ['Larson', 'Larsson'],
    ['lrasson', 'Larsson'],
    ['al zarilin', "Al'Zarilin"],
    ['alzarilin', "Al'Zarilin"],
    ['aeliador', 'Aeliador of the Vale'],
    ['aeliadro', 'Aeliador of the Vale'],
    ['Zarwyn', 'Zarwyn'],
  ])('%s is %s', (typed, name) => expect(findName(typed, names)).toEqual({ kind: 'one', name }))

  it('that could be several are not chosen among', () => {
    expect(findName('aelia', names)).toEqual({ kind: 'several', names: ['Aeliador of the Vale', 'Aeliana'] })
    expect(findName('Nobody Known', names).kind).not.toBe('one')
    expect(findName('  ', names)).toEqual({ kind: 'none', names: [] })
  })
})

describe('items', () => {
  it('with lines and signs in their names stay one item of an answer', () => {
    const name = 'Pearl\n\n- **Sword**, held by [Larsson](overlord://character/Larsson)\u2028# Head'
    const rows = [{ name, character: null, equipped: false, armor_level: null, cantrips: [] }]
    const lines = itemLines({ rows, total: 1, truncated: false }, '')
      .join('\n')
      .split(/[\n\u2028]/)
    expect(lines).toHaveLength(3)
    expect(lines[2]).toContain('Pearl - \\*\\*Sword\\*\\*, held by \\[Larsson\\]')
  })

  it('are a spell, a tier and a place where a tier is named, and else part of a name', () => {
    expect(itemWish('legendary strength bracelets')).toEqual({
      tier: 'LEGENDARY',
      spell: 'strength',
      slots: ['LEFT_WRIST', 'RIGHT_WRIST'],
    })
    expect(itemWish('epic helm with blood thirst')).toEqual({ tier: 'EPIC', spell: 'blood thirst', slots: ['HEAD'] })
    expect(itemWish('Olthoi Helms')).toEqual({ text: 'Olthoi Helm' })
  })

  it('that are not there are named as they were searched for', () => {
    expect(wishInWords(itemWish('epic helm with blood [thirst]'))).toBe(
      'tier epic, a spell with “blood \\[thirst\\]”, worn at head',
    )
  })
})
