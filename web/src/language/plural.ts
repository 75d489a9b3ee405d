// Which form of a word a count takes.
type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** Chooses forms by the rules of a language; a file of texts has those of its own language. */
export function pluralIn(tag: string) {
  const rules = new Intl.PluralRules(tag)
  return (count: number, forms: Forms): string => forms[rules.select(count)] ?? forms.other
}
/** For texts in English: `plural(count, { one: 'item', other: 'items' })`. */
export const plural = pluralIn('en')
