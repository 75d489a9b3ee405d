// Names as people type them: in any case, in part, or slightly wrong.
import { distance } from '../../../shared/world/nearest-names.ts'

export type Found =
  { kind: 'one'; name: string } | { kind: 'several'; names: string[] } | { kind: 'none'; names: string[] }

const MAX_NAMES = 3
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .toLowerCase()
    .trim()

/**
 * The name that is meant: the same but for case and signs, the only one that begins with it or has it as a word, or the
 * only nearest one with few wrong letters. Else names that could be meant, nearest first.
 */
export function findName(typed: string, names: readonly string[]): Found {
  const wanted = plain(typed)
  if (!wanted) return { kind: 'none', names: [] }
  const all = names.map((name) => ({ name, text: plain(name) }))
  const tests = [
    (text: string) => text === wanted,
    (text: string) => text.startsWith(wanted),
    (text: string) => text.split(' ').includes(wanted),
    (text: string) => wanted.length >= 3 && text.includes(wanted),
  ]
  for (const fits of tests) {
    const found = all.filter(({ text }) => fits(text)).map(({ name }) => name)
    if (found.length === 1) return { kind: 'one', name: found[0]! }
    if (found.length) return { kind: 'several', names: found.slice(0, MAX_NAMES) }
  }
  const near = all
    .map(({ name, text }) => ({ name, wrong: Math.min(distance(wanted, text), ...words(text, wanted)) }))
    .sort((a, b) => a.wrong - b.wrong || (a.name < b.name ? -1 : 1))
  const most = Math.floor(wanted.length / 4) + 1
  const [first, second] = near
  if (first && first.wrong <= most && first.wrong < (second?.wrong ?? Infinity))
    return { kind: 'one', name: first.name }
  const close = near.filter(({ wrong }) => wrong <= most + 1)
  return {
    kind: close.length ? 'several' : 'none',
    names: (close.length ? close : near).slice(0, MAX_NAMES).map(({ name }) => name),
  }
}

/** How far the words of a name are from a word; a part of a name counts a little less than the whole. */
const words = (text: string, wanted: string): number[] =>
  wanted.includes(' ') ? [] : text.split(' ').map((word) => distance(wanted, word) + 0.5)
