import { describe, expect, it } from 'vitest'
import { parseMarkdown, type Inline } from './markdown.ts'

const text = (said: string, style: { strong?: boolean; em?: boolean } = {}): Inline => ({
  kind: 'text',
  text: said,
  strong: false,
  em: false,
  ...style,
})
const inline = (source: string) => {
  const [block] = parseMarkdown(source)
  return block?.kind === 'paragraph' ? block.content : undefined
}

describe('markdown of answers', () => {
  it('has paragraphs and lists, strong, slanted and code', () => {
    expect(parseMarkdown('**2 online:**\n\n- a\n- b\n\nafter\nthis')).toEqual([
      { kind: 'paragraph', content: [text('2 online:', { strong: true })] },
      {
        kind: 'list',
        start: null,
        items: [[{ kind: 'paragraph', content: [text('a')] }], [{ kind: 'paragraph', content: [text('b')] }]],
      },
      { kind: 'paragraph', content: [text('after'), { kind: 'break' }, text('this')] },
    ])
    expect(inline('a `b*c` _d_ e_f_g **_h_**')).toEqual([
      text('a '),
      { kind: 'code', text: 'b*c' },
      text(' '),
      text('d', { em: true }),
      text(' e_f_g '),
      text('h', { strong: true, em: true }),
    ])
  })

  it('has what language models write: headings, numbered and nested lists, tables, code, quotes', () => {
    expect(parseMarkdown('## Head\n3. a\n   - b\n\n```sql\nselect 1\n```\n> said\n\n---')).toEqual([
      { kind: 'heading', content: [text('Head')] },
      {
        kind: 'list',
        start: 3,
        items: [
          [
            { kind: 'paragraph', content: [text('a')] },
            { kind: 'list', start: null, items: [[{ kind: 'paragraph', content: [text('b')] }]] },
          ],
        ],
      },
      { kind: 'code', text: 'select 1' },
      { kind: 'quote', blocks: [{ kind: 'paragraph', content: [text('said')] }] },
      { kind: 'rule' },
    ])
    expect(parseMarkdown('| a | b |\n| - | - |\n| 1 | **2** |')).toEqual([
      { kind: 'table', header: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2', { strong: true })]]] },
    ])
  })

  it('links to characters, whatever their names hold, and to nothing else', () => {
    expect(inline('[Odd \\[One\\]](overlord://character/Odd%20%5BOne%5D), at')).toEqual([
      { kind: 'character', text: 'Odd [One]', name: 'Odd [One]', strong: false },
      text(', at'),
    ])
    for (const source of [
      '[x](https://evil.example)',
      '[x](javascript:alert(1))',
      '[x](overlord://character/%ZZ)',
      '![x](https://evil.example/x.png)',
      'https://evil.example',
      '<https://evil.example>',
      '[x][1]\n\n[1]: https://evil.example',
    ])
      expect(inline(source)!.every(({ kind }) => kind === 'text')).toBe(true)
  })

  it('takes HTML and escaped signs for text', () => {
    expect(inline('<img src=x onerror=alert(1)> \\*a\\* \\<b\\>')).toEqual([
      text('<img src=x onerror=alert(1)> *a* <b>'),
    ])
    expect(inline('<script>alert(1)</script>')).toEqual([text('<script>alert(1)</script>')])
    expect(inline('a &lt;b&gt; <b onclick="x">c</b>')).toEqual([text('a &lt;b&gt; <b onclick="x">c</b>')])
  })

  it('reads what has only begun', () => {
    for (const source of ['**bo', '| a | b |\n| -', '```\nco', '[x](overl', '- ', '1', '`'])
      expect(() => parseMarkdown(source)).not.toThrow()
  })
})
