/// <reference types="vite/types/importMeta.d.ts" />
// The texts of a folder in the language of the page. Each folder has its own, beside the code that shows them, so that
// they are loaded with it.
import { shallowReactive, watch } from 'vue'
import { ACCENTED, language } from './language.ts'

type Text = string | ((...values: never[]) => string)
export interface Texts {
  [name: string]: Text | readonly string[] | Texts
}

/** What a language has to say for the English texts: all of them, and nothing else. */
export type Translation<E> = {
  readonly [K in keyof E]: E[K] extends string
    ? string
    : E[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : Translation<E[K]>
}

/** Files of translations by path, as `import.meta.glob` gives them; each exports `translation`. */
export type TranslationFiles = Record<string, () => Promise<unknown>>

async function load(english: object, files: TranslationFiles, tag: string): Promise<object | undefined> {
  if (tag === ACCENTED) return (await import('./accented.ts')).accented(english)
  const path = Object.keys(files).find((one) => one.endsWith(`.${tag}.ts`))
  return path ? ((await files[path]!()) as { translation: object }).translation : undefined
}

/**
 * The texts in the language of the page. They change in place when it does, and what a language lacks is English, also
 * while its file is on the way: read them where they are shown, not once for ever.
 */
export function translated<E extends object>(english: E, files: TranslationFiles): Readonly<E> {
  const shown = shallowReactive({ ...english })
  watch(
    language,
    async (tag, before) => {
      if (tag === 'en' && !before) return
      const translation = await load(english, files, tag).catch(() => undefined)
      if (tag === language.value) Object.assign(shown, english, translation)
    },
    { immediate: true },
  )
  return shown
}
