import { expect, it } from 'vitest'
import { activityOf } from './activity.ts'

it.each([
  ['combat', 'hunting'],
  ['Hunting', 'hunting'],
  ['buffing', 'hunting'],
  ['navigation', 'travelling'],
  ['Nav', 'travelling'],
  ['portal', 'travelling'],
  ['idle', 'idle'],
  ['', 'idle'],
  [null, 'idle'],
  ['Dead', 'dead'],
] as const)('reads the macro’s word %j as %s', (word, activity) => {
  expect(activityOf(word)).toBe(activity)
})
