// Figures in a narration that nothing in the turn vouches for.

const FIGURE = /\d+/g

/** Every figure of a value, at any depth, as text. */
export function figuresIn(value: unknown): Set<string> {
  return new Set((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).match(FIGURE)?.map(plain) ?? [])
}

const plain = (digits: string): string => digits.replace(/^0+(?=\d)/, '')

/**
 * The figures of a narration that are in none of the witnesses, each once, in their order: at most 20. Figures in words
 * are not looked at.
 * @param witnesses results of tools in the turn, what was said, the state of the table
 */
export function unwitnessedIn(narration: string, witnesses: ReadonlySet<string>): string[] {
  return [...figuresIn(narration)].filter((figure) => !witnesses.has(figure)).slice(0, MAX_FIGURES)
}

const MAX_FIGURES = 20
