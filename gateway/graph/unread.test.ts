import { describe, expect, it } from 'vitest'
import { UnreadAnswers } from './unread.ts'

const one = { kind: 'user', id: '1' } as const
const two = { kind: 'user', id: '2' } as const
const token = { kind: 'token', id: '1' } as const

describe('[LIM3] answers that wait to be read', () => {
  it('are limited for each viewer, and counted down once when they are read', () => {
    const unread = new UnreadAnswers({ perViewer: 10, overall: 100 })
    const read = unread.add(one, 6)
    expect(unread.isFull(one)).toBe(false)
    unread.add(one, 6)
    expect([one, two, token].map((viewer) => unread.isFull(viewer))).toEqual([true, false, false])
    read()
    read()
    expect(unread.isFull(one)).toBe(false)
    unread.add(one, 4)
    expect(unread.isFull(one)).toBe(true)
  })

  it('are limited for all together', () => {
    const unread = new UnreadAnswers({ perViewer: 10, overall: 15 })
    const read = unread.add(one, 9)
    unread.add(two, 6)
    expect([one, two, token].map((viewer) => unread.isFull(viewer))).toEqual([true, true, true])
    read()
    expect(unread.isFull(token)).toBe(false)
  })
})
