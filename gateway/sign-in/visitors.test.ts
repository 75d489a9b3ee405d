import { describe, expect, it, vi } from 'vitest'
import type { People, PeopleChange } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { openVisitors } from './visitors.ts'

const viewer = (id: string, kind: Viewer['kind'] = 'user'): Viewer => ({
  kind,
  id,
  name: id,
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
})
const settled = () => new Promise((resolve) => setImmediate(resolve))

async function openTestVisitors(limits = { perAddress: 2, perViewer: 2 }) {
  let listener: (change: PeopleChange) => void = () => undefined
  const people = { onChange: (given: typeof listener) => ((listener = given), Promise.resolve(() => undefined)) }
  const visitors = await openVisitors(people as unknown as People, limits)
  const ended: string[] = []
  const enter = (name: string, of: Viewer, again: () => Promise<Viewer | null>) =>
    visitors.enter({ viewer: of, again, end: () => void ended.push(name) }, visitors.changeCount())
  return { visitors, enter, ended, publish: (change: PeopleChange) => listener(change) }
}

describe('visitors', () => {
  it('are checked again after a change, and end only if they lost their access', async () => {
    const { enter, ended, publish } = await openTestVisitors({ perAddress: 9, perViewer: 9 })
    enter('gone', viewer('a'), () => Promise.resolve(null))
    enter('kept', viewer('a'), () => Promise.resolve(viewer('a')))
    enter('promoted', viewer('a'), () => Promise.resolve({ ...viewer('a'), role: 'admin' }))
    enter('another', viewer('a'), () => Promise.resolve(viewer('c')))
    enter('unsure', viewer('a'), () => Promise.reject(new Error('the database is away')))
    enter('other', viewer('b'), () => Promise.resolve(null))
    enter('token', viewer('a', 'token'), () => Promise.resolve(null))
    publish({ users: ['a', 'nobody'] })
    await settled()
    expect(ended).toEqual(['gone', 'promoted', 'another'])
    publish({ tokens: ['a'] })
    await settled()
    expect(ended).toEqual(['gone', 'promoted', 'another', 'token'])
  })

  it('that enter during a change are checked again: it may concern them', async () => {
    const { visitors, ended, publish } = await openTestVisitors()
    const asOf = visitors.changeCount()
    publish({ users: ['a'] })
    visitors.enter({ viewer: viewer('a'), again: () => Promise.resolve(null), end: () => void ended.push('a') }, asOf)
    await settled()
    expect(ended).toEqual(['a'])
  })

  it('are checked again every now and then, should a change not have been heard of', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const { enter, ended } = await openTestVisitors()
      enter('gone', viewer('a'), () => Promise.resolve(null))
      vi.advanceTimersByTime(10 * 60_000)
      await settled()
      expect(ended).toContain('gone')
    } finally {
      vi.useRealTimers()
    }
  })

  it('end with their session or token, by the clock of the database; at once while that is away', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    try {
      const { enter, ended } = await openTestVisitors({ perAddress: 9, perViewer: 9 })
      const until = Date.now() + 60 * 86_400_000 // longer than the longest timer
      const asked: string[] = []
      const valid = new Set(['late'])
      const open = (name: string) =>
        enter(name, { ...viewer(name), until }, () => {
          asked.push(name)
          if (name === 'away') return Promise.reject(new Error('the database is away'))
          return Promise.resolve(valid.has(name) ? { ...viewer(name), until } : null)
        })
      open('late')
      open('away')
      const leave = open('left')!
      leave()
      await vi.advanceTimersByTimeAsync(60 * 86_400_000 - 1_000)
      expect(ended).toEqual([])
      await vi.advanceTimersByTimeAsync(1_250)
      expect(ended).toEqual(['away'])
      valid.clear()
      await vi.advanceTimersByTimeAsync(250)
      expect(ended).toEqual(['away', 'late'])
      expect(asked).not.toContain('left')
    } finally {
      vi.useRealTimers()
    }
  })

  it('are counted by viewer and by address; leaving frees one connection, once', async () => {
    const { visitors, enter } = await openTestVisitors()
    const leave = enter('1', viewer('a'), () => Promise.resolve(null))!
    enter('2', viewer('a'), () => Promise.resolve(null))
    expect(enter('3', viewer('a'), () => Promise.resolve(null))).toBeNull()
    expect(enter('4', viewer('b'), () => Promise.resolve(null))).not.toBeNull()
    leave()
    expect(enter('5', viewer('a'), () => Promise.resolve(null))).not.toBeNull()
    const release = visitors.connect('here')!
    visitors.connect('here')
    expect([visitors.connect('here'), visitors.connect('there') === null]).toEqual([null, false])
    release()
    release()
    expect([visitors.connect('here') === null, visitors.connect('here')]).toEqual([false, null])
  })
})
