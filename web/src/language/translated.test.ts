// @vitest-environment happy-dom
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick } from 'vue'
import { accent } from './accented.ts'
import { ACCENTED, type Language, language, languages, locale } from './language.ts'
import { plural, pluralIn } from './plural.ts'
import { type Translation, translated } from './translated.ts'

const english = {
  open: 'Open',
  notes: (count: number) => `${count} ${plural(count, { one: 'note', other: 'notes' })}`,
  states: { OPEN: 'open', DONE: 'done' },
  range: ['Value', 'pyreals'],
}
const texts = translated(english, {})

beforeAll(() => void (languages as Language[]).push({ tag: 'sv', name: 'Svenska' }))
afterEach(() => void (language.value = 'en'))
const shown = (text: () => string) => {
  const root = document.createElement('div')
  createApp(defineComponent({ render: () => h('p', { title: texts.open }, text()) })).mount(root)
  return root
}

describe('the texts of a folder', () => {
  it('are English without anything to load', () => {
    expect([language.value, texts.open, texts.notes(1), texts.notes(2)]).toEqual(['en', 'Open', '1 note', '2 notes'])
  })
  it('change in a component that is on the page when the language does, values and tables included', async () => {
    const root = shown(() => `${texts.open}, ${texts.notes(2)}, ${texts.states.DONE}, ${texts.range[1]}`)
    expect(root.innerHTML).toBe('<p title="Open">Open, 2 notes, done, pyreals</p>')
    language.value = ACCENTED
    await vi.waitUntil(() => texts.open === accent('Open'))
    await nextTick()
    expect(root.innerHTML).toBe('<p title="[Ópén]">[Ópén], [2 nótés], [dóné], [pyréáls]</p>')
    language.value = 'en'
    await vi.waitUntil(() => texts.open === 'Open')
    await nextTick()
    expect(root.innerHTML).toBe('<p title="Open">Open, 2 notes, done, pyreals</p>')
  })
  it('are loaded for a language from the file that ends with its tag, and are English where that lacks one', async () => {
    const found = translated(english, {
      './messages.fi.ts': () => Promise.reject(new Error('not asked for')),
      './messages.sv.ts': () => Promise.resolve({ translation: { open: 'Öppna' } }),
    })
    language.value = 'sv'
    await vi.waitUntil(() => found.open === 'Öppna')
    expect([found.notes(1), texts.open]).toEqual(['1 note', 'Open'])
  })
  it('need no file to be asked for in a language that does not exist', () => {
    language.value = 'moon'
    expect([language.value, texts.open]).toEqual(['en', 'Open'])
  })
})

describe('a translation', () => {
  it('is refused by the compiler when it lacks a text, has one too many, or another kind of one', () => {
    const whole = {
      open: 'Öppna',
      notes: (count: number) => `${count}`,
      states: { OPEN: 'a', DONE: 'b' },
      range: ['', ''],
    }
    const swedish: Translation<typeof english> = whole
    // @ts-expect-error a text is missing
    const lacks: Translation<typeof english> = { open: 'Öppna', states: whole.states, range: whole.range }
    // @ts-expect-error a name is misspelled
    const other: Translation<typeof english> = { ...whole, opne: 'Öppna' }
    // @ts-expect-error a table lacks an entry
    const table: Translation<typeof english> = { ...whole, states: { OPEN: 'a' } }
    // @ts-expect-error the values of a text are those of the English one
    const values: Translation<typeof english> = { ...whole, notes: (name: Date) => name.toISOString() }
    expect([swedish, lacks, other, table, values]).toHaveLength(5)
  })
})

describe('counts', () => {
  it('take the form that the language has for them', () => {
    const polish = pluralIn('pl')
    const forms = { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' }
    expect([1, 3, 5, 1.5].map((count) => polish(count, forms))).toEqual(['plik', 'pliki', 'plików', 'pliku'])
    expect([0, 1, 2].map((count) => plural(count, { one: 'item', other: 'items' }))).toEqual(['items', 'item', 'items'])
  })
})

describe('the locale of numbers and dates', () => {
  it('is the language as it is written where the viewer lives', () => {
    expect(locale.value).toBe(navigator.languages.find((tag) => tag.startsWith('en')) ?? 'en')
  })
})
