import { describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { FanOut } from './fan-out.ts'
import { sharedStreams, type Args } from './shared-streams.ts'

const DECLARED = { shared: new Set(['ours']), resumable: new Set<string>(), renewing: new Set<string>() }
const argsOf = (id: string, query: string): Args => {
  const viewer: Viewer = {
    kind: 'user',
    id,
    name: id,
    role: 'viewer',
    session: null,
    needsPassword: false,
    owner: false,
  }
  return {
    contextValue: { viewer, signedViewer: id, params: { query }, operation: { id: 'o', socket: null as never } },
  }
}

describe('a stream that is not declared to be shared', () => {
  it('is executed for each operation by itself, as the viewer who asked', () => {
    const executed: unknown[] = []
    const streams = sharedStreams(
      new FanOut(),
      (args) => void executed.push(args),
      'key',
      () => DECLARED,
    )
    const asked = ['a', 'b', 'a'].map((id) => argsOf(id, 'subscription { mine }'))
    for (const args of asked) streams(args)
    expect(executed).toHaveLength(3)
    executed.forEach((args, n) => expect(args).toBe(asked[n]))
  })

  it('is not shared under the name of one that is, nor beside it', () => {
    const executed: unknown[] = []
    const streams = sharedStreams(
      new FanOut(),
      (args) => void executed.push(args),
      'key',
      () => DECLARED,
    )
    const asked = ['subscription { ours: mine }', 'subscription { ours mine }'].map((query) => argsOf('a', query))
    for (const args of asked) streams(args)
    expect(executed).toEqual(asked)
  })

  it('one that is shared is executed as nobody in particular, once for viewers of equal rights', async () => {
    const executed: { contextValue: { viewer: Viewer } }[] = []
    const refusal = { errors: [] }
    let answer: (refusal: object) => void = () => undefined
    const answered = new Promise((resolve) => (answer = resolve))
    const execute = (args: { contextValue: object }) => {
      executed.push(args as never)
      return answered
    }
    const streams = sharedStreams(new FanOut(), execute, 'key', () => DECLARED)
    const both = ['a', 'b'].map((id) => streams(argsOf(id, 'subscription { ours }')))
    answer(refusal)
    expect(await Promise.all(both)).toEqual([refusal, refusal])
    expect(executed.map(({ contextValue }) => contextValue.viewer.id)).toEqual(['0'])
  })
})
