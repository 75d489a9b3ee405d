// English that is seen to be a message: each text is bracketed, and its vowels carry accents. Tests speak it.
const ACCENTS: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
}

/** `Show all` becomes `[Shów áll]`. */
export const accent = (text: string): string => text && `[${text.replace(/[aeiou]/gi, (vowel) => ACCENTS[vowel]!)}]`

function accentAny(value: unknown): unknown {
  if (typeof value === 'string') return accent(value)
  if (typeof value === 'function') return (...values: unknown[]) => accent(String(value(...values)))
  if (Array.isArray(value)) return value.map(accentAny)
  return accented(value as object)
}

/** All texts with accents; those with values in them get theirs when they are used. */
export const accented = (english: object): object =>
  Object.fromEntries(Object.entries(english).map(([name, text]) => [name, accentAny(text)]))
