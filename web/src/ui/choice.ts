/** What can be chosen from a list that somebody types into. */
export interface Choice {
  label: string
  /** Said beside it, quietly. */
  note?: string
}

const MAX_CHOICES = 14
/** `Adept's` and `Al-Dunuiel` are two words each, here and where somebody types them. */
const partsOf = (text: string) => text.toLowerCase().split(/[\s'’-]+/)

/** The choices with words that begin with the words typed; those that begin with the first word come first. */
export function fittingChoices<C extends Choice>(typed: string, choices: readonly C[]): C[] {
  const words = partsOf(typed).filter(Boolean)
  if (words.length === 0) return choices.slice(0, MAX_CHOICES)
  const first = (choice: C) => Number(!choice.label.toLowerCase().startsWith(words[0]!))
  return choices
    .filter(({ label }) => {
      const parts = partsOf(label)
      return words.every((word) => parts.some((part) => part.startsWith(word)))
    })
    .sort((a, b) => first(a) - first(b))
    .slice(0, MAX_CHOICES)
}
