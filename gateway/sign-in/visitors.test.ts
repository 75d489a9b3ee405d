import { describe, expect, it } from 'vitest'
import type { People, PeopleChange } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { openVisitors } from './visitors.ts'

const viewer = (id: string, kind: Viewer['kind'] = 'user'): Viewer => ({ kind, id, name: id, role: 'viewer', session: null, needsPassword: false, owner: false }) // prettier-ignore
const settled = () => new Promise((resolve) => setImmediate(resolve))

async function house(limits = { perAddress: 2, perViewer: 2 }) {
  let told: (change: PeopleChange) => void = () => undefined
  const people = { onChange: (listener: typeof told) => ((told = listener), Promise.resolve(() => undefined)) }
  const visitors = await openVisitors(people as unknown as People, limits)
  const ended: string[] = []
  const enter = (name: string, of: Viewer, again: () => Promise<Viewer | null>) =>
    visitors.enter({ viewer: of, again, end: () => void ended.push(name) }, visitors.heard())
  return { visitors, enter, ended, tell: (change: PeopleChange) => told(change) }
}

describe('visitors', () => {
  it('are asked anew when told of, and end only if they may not be here any more', async () => {
    const { enter, ended, tell } = await house({ perAddress: 9, perViewer: 9 })
    enter('gone', viewer('a'), () => Promise.resolve(null))
    enter('kept', viewer('a'), () => Promise.resolve(viewer('a')))
    enter('promoted', viewer('a'), () => Promise.resolve({ ...viewer('a'), role: 'admin' }))
    enter('unsure', viewer('a'), () => Promise.reject(new Error('the database is away')))
    enter('other', viewer('b'), () => Promise.resolve(null))
    enter('token', viewer('a', 'token'), () => Promise.resolve(null))
    tell({ users: ['a', 'nobody'] })
    await settled()
    expect(ended).toEqual(['gone', 'promoted'])
    tell({ tokens: ['a'] })
    await settled()
    expect(ended).toEqual(['gone', 'promoted', 'token'])
  })

  it('that come in while a change is told are asked anew: it may be about them', async () => {
    const { visitors, ended, tell } = await house()
    const asOf = visitors.heard()
    tell({ users: ['a'] })
    visitors.enter({ viewer: viewer('a'), again: () => Promise.resolve(null), end: () => void ended.push('a') }, asOf)
    await settled()
    expect(ended).toEqual(['a'])
  })

  it('are counted by viewer and by address; who leaves makes room, once', async () => {
    const { visitors, enter } = await house()
    const leave = enter('1', viewer('a'), () => Promise.resolve(null))!
    enter('2', viewer('a'), () => Promise.resolve(null))
    expect(enter('3', viewer('a'), () => Promise.resolve(null))).toBeNull()
    expect(enter('4', viewer('b'), () => Promise.resolve(null))).not.toBeNull()
    leave()
    expect(enter('5', viewer('a'), () => Promise.resolve(null))).not.toBeNull()
    const stand = visitors.seat('here')!
    visitors.seat('here')
    expect([visitors.seat('here'), visitors.seat('there') === null]).toEqual([null, false])
    stand()
    stand()
    expect([visitors.seat('here') === null, visitors.seat('here')]).toEqual([false, null])
  })
})
