import type { QueryResult } from 'pg'
import type { ReadBudget } from '../read-budget.ts'
import type { Pool } from './pool.ts'

/**
 * A pool as one operation sees it: it never has all connections at once, however many statements it sends, so that
 * others are answered meanwhile. Its statements wait for each other in their order.
 * @param budget counts the rows it reads, and refuses statements beyond that
 */
export function fairPool(pool: Pool, budget?: ReadBudget): Pool {
  const most = Math.max(1, (pool.options.max ?? 10) - 1)
  const waiting: (() => void)[] = []
  let open = 0
  const begin = (): Promise<void> | void => {
    if (open < most) return void open++
    return new Promise((resolve) => waiting.push(resolve))
  }
  const end = () => {
    const next = waiting.shift()
    if (next) next()
    else open--
  }
  const query = async (...statement: unknown[]) => {
    const turn = begin()
    if (turn) await turn
    try {
      budget?.check()
      const result = await (pool.query as (...given: unknown[]) => Promise<QueryResult>).apply(pool, statement)
      budget?.take(result.rows)
      return result
    } finally {
      end()
    }
  }
  // The pool counts its connections on itself: called on the object made here, it would count them on that one, and
  // keep the places of connections that are closed.
  const connect = (pool.connect as (...given: unknown[]) => unknown).bind(pool)
  return Object.assign(Object.create(pool) as Pool, { query, connect })
}
