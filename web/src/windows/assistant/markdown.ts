// The Markdown of answers as data: no HTML, no pictures, and no links but to characters.
import { Marked, type Token, type Tokens } from 'marked'

/** How a piece of text is set. */
interface Style {
  strong: boolean
  em: boolean
}

export type Inline =
  | ({ kind: 'text'; text: string } & Style)
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'character'; text: string; name: string; strong: boolean }

export type Block =
  | { kind: 'paragraph' | 'heading'; content: Inline[] }
  | { kind: 'list'; start: number | null; items: Block[][] }
  | { kind: 'table'; header: Inline[][]; rows: Inline[][][] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'rule' }

const CHARACTER = 'overlord://character/'
const PLAIN: Style = { strong: false, em: false }
// A line of its own stays one: answers are lines more often than flowing text.
const reader = new Marked({ gfm: true, breaks: true })

/** Reads text as blocks, also while it is still coming. Whatever is not understood is text. */
export const parseMarkdown = (source: string): Block[] => blocksOf(reader.lexer(source))

function blocksOf(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token): Block[] => {
    switch (token.type) {
      case 'space':
      case 'def':
        return []
      case 'heading':
        return [{ kind: 'heading', content: inlineOf(token.tokens ?? [], PLAIN) }]
      case 'list': {
        const { ordered, start, items } = token as Tokens.List
        return [
          { kind: 'list', start: ordered ? Number(start) : null, items: items.map((item) => blocksOf(item.tokens)) },
        ]
      }
      case 'table': {
        const { header, rows } = token as Tokens.Table
        const cells = (row: readonly Tokens.TableCell[]) => row.map(({ tokens }) => inlineOf(tokens, PLAIN))
        return [{ kind: 'table', header: cells(header), rows: rows.map(cells) }]
      }
      case 'code':
        return [{ kind: 'code', text: (token as Tokens.Code).text }]
      case 'blockquote':
        return [{ kind: 'quote', blocks: blocksOf(token.tokens ?? []) }]
      case 'hr':
        return [{ kind: 'rule' }]
      case 'paragraph':
      case 'text':
        return [{ kind: 'paragraph', content: inlineOf(token.tokens ?? [token], PLAIN) }]
      default: // HTML, above all
        return [{ kind: 'paragraph', content: [{ kind: 'text', text: token.raw.trim(), ...PLAIN }] }]
    }
  })
}

function inlineOf(tokens: readonly Token[], style: Style): Inline[] {
  const found: Inline[] = []
  for (const piece of tokens.flatMap((token) => pieceOf(token, style))) {
    const last = found.at(-1)
    if (piece.kind === 'text' && last?.kind === 'text' && last.strong === piece.strong && last.em === piece.em)
      last.text += piece.text
    else found.push(piece)
  }
  return found
}

function pieceOf(token: Token, style: Style): Inline[] {
  const text = (said: string): Inline => ({ kind: 'text', text: said, ...style })
  switch (token.type) {
    case 'strong':
      return inlineOf(token.tokens ?? [], { ...style, strong: true })
    case 'em':
      return inlineOf(token.tokens ?? [], { ...style, em: true })
    case 'codespan':
      return [{ kind: 'code', text: (token as Tokens.Codespan).text }]
    case 'br':
      return [{ kind: 'break' }]
    case 'link': {
      const { href, tokens, raw } = token as Tokens.Link
      const name = characterIn(href)
      if (name === null) return [text(raw)]
      const label = inlineOf(tokens, style).map((piece) => ('text' in piece ? piece.text : ''))
      return [{ kind: 'character', text: label.join('') || name, name, strong: style.strong }]
    }
    case 'escape':
      return [text((token as Tokens.Escape).text)]
    case 'text':
      return token.tokens ? inlineOf(token.tokens, style) : [text((token as Tokens.Text).text)]
    default: // pictures, HTML
      return [text(token.raw)]
  }
}

function characterIn(address: string): string | null {
  if (!address.startsWith(CHARACTER)) return null
  try {
    return decodeURIComponent(address.slice(CHARACTER.length)) || null
  } catch {
    return null // no address of ours
  }
}
