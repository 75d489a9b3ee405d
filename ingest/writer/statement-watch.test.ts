import { describe, expect, it } from 'vitest'
import type { Client } from '../../shared/db/pool.ts'
import { StatementWatch } from './statement-watch.ts'

/** A connection whose statements are answered in order, when the test says so. */
function aConnection() {
  let now = 0
  const answers: ((failed: boolean) => void)[] = []
  const client = {
    query: () =>
      new Promise<void>((resolve, reject) =>
        answers.push((failed) => (failed ? reject(new Error('refused')) : resolve())),
      ),
  }
  const watch = new StatementWatch(() => now)
  watch.begin()
  return {
    watch,
    client: watch.watched(client as unknown as Client),
    pass: (ms: number) => (now += ms),
    answer: async (failed = false) => {
      answers.shift()!(failed)
      await Promise.resolve()
    },
  }
}

describe('the statements of a batch', () => {
  it('are timed one after the other, though they are sent at once', async () => {
    const { watch, client, pass, answer } = aConnection()
    void client.query({ name: 'first', text: '' })
    void client.query('insert  into\n chat')
    pass(10)
    expect(watch.current()).toEqual({ statement: 'first', ms: 10 })
    await answer()
    expect(watch.current()).toEqual({ statement: 'insert into chat', ms: 0 })
    pass(30)
    expect(watch.current()).toEqual({ statement: 'insert into chat', ms: 30 })
    await answer()
    expect(watch.current()).toBeNull()
    pass(5)
    expect(watch.end()).toEqual({ ms: 45, slowest: { statement: 'insert into chat', ms: 30 } })
    expect([watch.current(), watch.runningMs()]).toEqual([null, null])
  })

  it('count from when they were sent, if the one before was answered earlier', async () => {
    const { watch, client, pass, answer } = aConnection()
    void client.query('first')
    await answer()
    pass(100)
    void client.query('second')
    pass(7)
    expect(watch.current()).toEqual({ statement: 'second', ms: 7 })
  })

  it('begin with the wait for a connection', () => {
    const { watch, pass } = aConnection()
    pass(20)
    expect(watch.current()).toEqual({ statement: 'connect', ms: 20 })
  })

  it('that fail are answered too, and their error is the caller’s', async () => {
    const { watch, client, pass, answer } = aConnection()
    const failing = client.query('refused')
    pass(3)
    await answer(true)
    await expect(failing).rejects.toThrow('refused')
    expect(watch.end().slowest).toEqual({ statement: 'refused', ms: 3 })
  })

  it('of a batch that is over are no part of the next', async () => {
    const { watch, client, pass, answer } = aConnection()
    void client.query('late')
    watch.end()
    watch.begin()
    pass(50)
    await answer()
    expect(watch.end()).toEqual({ ms: 50, slowest: null })
  })
})
