import { describe, expect, it } from 'vitest'
import { parseMarkdown } from './markdown.ts'

const inline = (text: string) => parseMarkdown(text)[0]?.lines[0]

describe('markdown of answers', () => {
  it('has paragraphs and lists, strong, slanted and code', () => {
    expect(parseMarkdown('**2 online:**\n\n- a\n- b\nafter')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'strong', text: '2 online:' }]] },
      { kind: 'list', lines: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'after' }]] },
    ])
    expect(inline('a `b*c` _d_ e_f_g')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b*c' },
      { kind: 'text', text: ' ' },
      { kind: 'em', text: 'd' },
      { kind: 'text', text: ' e_f_g' },
    ])
  })

  it('links to characters, whatever their names hold, and to nothing else', () => {
    expect(inline('[Odd \\[One\\]](overlord://character/Odd%20%5BOne%5D), at')).toEqual([
      { kind: 'character', text: 'Odd [One]', name: 'Odd [One]', strong: false },
      { kind: 'text', text: ', at' },
    ])
    for (const text of [
      '[x](https://evil.example)',
      '[x](javascript:alert(1))',
      '[x](overlord://character/%ZZ)',
      '![x](https://evil.example/x.png)',
    ])
      expect(inline(text)!.every(({ kind }) => kind === 'text')).toBe(true)
  })

  it('takes HTML and escaped signs for text', () => {
    expect(inline('<img src=x onerror=alert(1)> \\*a\\* \\<b\\>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)> *a* <b>' },
    ])
  })
})
