import { Gauge } from 'prom-client'
import type pg from 'pg'

const pools = new Set<{ name: string; pool: pg.Pool }>()

/** Counts the connections of a pool in `/metrics` until it is closed. `name` is one that the code chose. */
export function measurePool(name: string, pool: pg.Pool): void {
  pools.add({ name, pool })
}

/** Pools that are open; several of one name are added up. */
function openPools() {
  for (const one of pools) if (one.pool.ending || one.pool.ended) pools.delete(one)
  return pools
}

new Gauge({
  name: 'overlord_db_pool_connections',
  help: 'Database connections of a pool, by state: busy or idle',
  labelNames: ['pool', 'state'],
  collect() {
    this.reset()
    for (const { name, pool } of openPools()) {
      this.inc({ pool: name, state: 'busy' }, pool.totalCount - pool.idleCount)
      this.inc({ pool: name, state: 'idle' }, pool.idleCount)
    }
  },
})
new Gauge({
  name: 'overlord_db_pool_max_connections',
  help: 'Database connections that a pool may open',
  labelNames: ['pool'],
  collect() {
    this.reset()
    for (const { name, pool } of openPools()) this.inc({ pool: name }, pool.options.max ?? 10)
  },
})
new Gauge({
  name: 'overlord_db_pool_waiting_requests',
  help: 'Statements that wait for a connection of a pool',
  labelNames: ['pool'],
  collect() {
    this.reset()
    for (const { name, pool } of openPools()) this.inc({ pool: name }, pool.waitingCount)
  },
})
