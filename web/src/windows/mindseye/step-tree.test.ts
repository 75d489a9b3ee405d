import { describe, expect, it } from 'vitest'
import { countBelow, stepTree, type StepNode } from './step-tree.ts'
import type { TraceStepRowFragment } from './trace-step.fragment.gen.ts'
import { visibleText } from './visible-text.ts'

const step = (callId: string, parentCallId: string | null = null) =>
  ({ callId, parentCallId }) as unknown as TraceStepRowFragment
type Shape = [string, Shape[]]
const shapeOf = (nodes: readonly StepNode[]): Shape[] =>
  nodes.map(({ step: { callId }, children }) => [callId, shapeOf(children)])

describe('the calls of a session as a tree', () => {
  it('are each below the call that made it, in their order, whichever was reported first', () => {
    const tree = stepTree([step('b', 'a'), step('a'), step('c', 'b'), step('d', 'a'), step('e')])
    expect(shapeOf(tree)).toEqual([
      [
        'a',
        [
          ['b', [['c', []]]],
          ['d', []],
        ],
      ],
      ['e', []],
    ])
    expect(countBelow(tree[0]!)).toBe(3)
  })
  it('lose none that names an unknown call, itself or a circle', () => {
    const tree = stepTree([step('a', 'gone'), step('b', 'b'), step('c', 'd'), step('d', 'c'), step('e', 'c')])
    const all = (nodes: readonly StepNode[]): string[] =>
      nodes.flatMap((node) => [node.step.callId, ...all(node.children)])
    expect(all(tree).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})

describe('text of reporters', () => {
  it('shows what cannot be seen, and leaves other text as it is', () => {
    expect(visibleText('a\u202eb\u001b[31m\u200d')).toBe('a\\u{202e}b\\u{1b}[31m\\u{200d}')
    expect(visibleText('Zoë, 日本\n<b>')).toBe('Zoë, 日本\n<b>')
  })
})
