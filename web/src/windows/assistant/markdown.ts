// The little Markdown that answers use, as data: no HTML, no pictures, and no links but to characters.

export type Inline =
  | { kind: 'text' | 'strong' | 'em' | 'code'; text: string }
  | { kind: 'character'; text: string; name: string; strong: boolean }

export interface Block {
  kind: 'paragraph' | 'list'
  /** The lines of a paragraph, or the entries of a list. */
  lines: Inline[][]
}

const PIECES =
  /\\([\\`*_[\]<>])|\*\*((?:\\.|[^*\\])+)\*\*|`([^`]+)`|\[((?:\\.|[^\]\\])*)\]\(([^()\s]*)\)|(?<![\p{L}\p{N}])_((?:\\.|[^_\\])+)_(?![\p{L}\p{N}])/gu
const CHARACTER = 'overlord://character/'

/** Reads text as blocks. Whatever is not understood is text. */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = []
  let isNew = true
  for (const line of source.split('\n')) {
    const entry = /^\s*[-*] (.*)$/.exec(line)?.[1]
    const kind = entry === undefined ? 'paragraph' : 'list'
    const last = blocks.at(-1)
    const content = parseInline(entry ?? line, false)
    if (!line.trim()) isNew = true
    else if (last && !isNew && last.kind === kind) last.lines.push(content)
    else {
      blocks.push({ kind, lines: [content] })
      isNew = false
    }
  }
  return blocks
}

function parseInline(source: string, strong: boolean): Inline[] {
  const found: Inline[] = []
  const add = (text: string, kind: 'text' | 'strong' | 'em' | 'code' = strong ? 'strong' : 'text') => {
    const last = found.at(-1)
    if (last?.kind === kind && kind !== 'code') last.text += text
    else if (text) found.push({ kind, text })
  }
  let from = 0
  for (const match of source.matchAll(PIECES)) {
    add(source.slice(from, match.index))
    from = match.index + match[0].length
    const [whole, escaped, bold, code, label, address, slanted] = match
    if (escaped !== undefined) add(escaped)
    else if (bold !== undefined) found.push(...parseInline(bold, true))
    else if (code !== undefined) add(code, 'code')
    else if (slanted !== undefined) add(unescaped(slanted), 'em')
    else {
      const name = characterIn(address!)
      if (name === null) add(whole)
      else found.push({ kind: 'character', text: unescaped(label!), name, strong })
    }
  }
  add(source.slice(from))
  return found
}

const unescaped = (text: string) => text.replace(/\\([\\`*_[\]<>])/g, '$1')

function characterIn(address: string): string | null {
  if (!address.startsWith(CHARACTER)) return null
  try {
    return decodeURIComponent(address.slice(CHARACTER.length)) || null
  } catch {
    return null // no address of ours
  }
}
