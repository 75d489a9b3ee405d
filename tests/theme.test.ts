import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, '..', 'web', 'src', 'app', 'theme.css'), 'utf8')
const TEXTS = ['fg', 'muted', 'faint', 'accent', 'good', 'warn', 'bad', 'info', 'epic', 'tell', 'society']
const GROUNDS = ['panel', 'raised', 'head']
type Rgb = readonly [number, number, number]

/** The colours of one theme, by token. */
function tokens(theme: string): Map<string, Rgb> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)![1]!
  const found = [...block.matchAll(/--([\w-]+): #([\da-f]{3,6});/g)]
  return new Map(
    found.map(([, name, hex]) => {
      const full = hex!.length === 3 ? [...hex!].map((digit) => digit + digit).join('') : hex!
      return [name!, [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as unknown as Rgb]
    }),
  )
}
const linear = (value: number) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4)
const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['dark', 'light', 'contrast'])('the %s theme', (theme) => {
  const of = tokens(theme)
  it('has a contrast of at least 4.5:1 for every colour of text on every ground of a panel', () => {
    const weak = TEXTS.flatMap((text) =>
      GROUNDS.map(
        (ground) => [text, ground, Math.round(contrast(of.get(text)!, of.get(ground)!) * 100) / 100] as const,
      ),
    ).filter(([, , ratio]) => ratio < 4.5)
    expect(weak).toEqual([])
  })
  it('has one on what is selected, too: a fifth of the accent over a panel', () => {
    const [accent, panel] = [of.get('accent')!, of.get('panel')!]
    const ground = panel.map((value, at) => 0.8 * value + 0.2 * accent[at]!) as unknown as Rgb
    expect(TEXTS.filter((text) => text !== 'accent' && contrast(of.get(text)!, ground) < 4.5)).toEqual([])
  })
  it('has one for the text on its accent, too', () => {
    expect(contrast(of.get('accent-ink')!, of.get('accent')!)).toBeGreaterThanOrEqual(4.5)
  })
})
