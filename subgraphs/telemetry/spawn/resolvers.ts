import { fault } from '../../../shared/errors.ts'
import { HEAT_EDGE, HEAT_SIZE, heatSteps, hourOf } from '../../../shared/world/heat-cells.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { spawnHeat } from './store.ts'

const WEEK_H = 168

export const spawnResolvers: Resolvers = {
  Query: {
    async spawnHeatmap(_, { hours, cell, monster }, { pool }) {
      if (hours < 1 || hours > WEEK_H) throw fault('BAD_USER_INPUT', `\`hours\` must be 1 to ${WEEK_H}.`)
      const step = heatSteps.get(cell)
      if (!step) throw fault('BAD_USER_INPUT', `\`cell\` must be one of ${[...heatSteps.keys()].join(', ')}.`)
      const heat = await spawnHeat(pool, { now: hourOf(Date.now()), hours, step, monster: monster ?? null })
      const total = heat.spawns.reduce((sum, spawns) => sum + spawns, 0)
      return { hours, cell, size: HEAT_SIZE / step, edge: HEAT_EDGE, ...heat, total }
    },
  },
}
