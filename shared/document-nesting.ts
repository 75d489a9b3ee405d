/** No document of sense is nested deeper; parsers recurse, and would overflow the stack. */
export const MAX_NESTING = 200
/** Why such a document is refused. */
export const TOO_DEEP = `The document is nested deeper than ${MAX_NESTING} brackets.`

const OPENING = new Set(['{', '[', '('])
const CLOSING = new Set(['}', ']', ')'])

/** Whether brackets of any kind are nested too deep in a document, wherever they stand but in strings and comments. */
export function isNestedTooDeep(text: string): boolean {
  if (text.length <= MAX_NESTING) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (OPENING.has(letter)) {
      if (++depth > MAX_NESTING) return true
    } else if (CLOSING.has(letter)) depth--
    else if (letter === '#') at = endOfComment(text, at)
    else if (letter === '"') at = endOfString(text, at)
  }
  return false
}

function endOfComment(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at
  return text.length
}

/** The place of the last quote. A string that is not closed ends with its line, as for the parser. */
function endOfString(text: string, from: number): number {
  if (text.startsWith('"""', from)) {
    for (let at = from + 3; at < text.length; at++) {
      if (text.startsWith('\\"""', at)) at += 3
      else if (text.startsWith('"""', at)) return at + 2
    }
    return text.length
  }
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"' || text[at] === '\n' || text[at] === '\r') return at
  }
  return text.length
}
