// In which language the page speaks, and how it writes numbers and dates.
import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'

export interface Language {
  /** As the web names languages, and as files of translations end: `messages.sv.ts`. */
  tag: string
  /** In the language itself. */
  name: string
}

/** The languages to choose from, English first. Another one is a line here, and its files. */
export const languages: readonly Language[] = [{ tag: 'en', name: 'English' }]
/** English with accents, for tests: whatever is plain in it is not a message. Nobody is offered it. */
export const ACCENTED = 'en-XA'

const stored = useLocalStorage<string>('overlord.language', '')
const isKnown = (tag: string) => tag === ACCENTED || languages.some((one) => one.tag === tag)
const first = (tag: string) => tag.split('-', 1)[0]!
/** None where there is no browser: in tests of plain functions. */
const spoken = (): readonly string[] => globalThis.navigator?.languages ?? []

/** The language chosen, or the first of the browser's that there is, or English. */
export const language = computed<string>({
  get: () => [stored.value, ...spoken().map(first)].find(isKnown) ?? 'en',
  set: (tag) => (stored.value = tag),
})

/** For `Intl`: the language as it is written where the viewer lives, such as `en-GB`. */
export const locale = computed(() => spoken().find((tag) => first(tag) === first(language.value)) ?? language.value)

/** Names as the language sorts them. */
export const byText = (a: string, b: string): number => a.localeCompare(b, locale.value)
