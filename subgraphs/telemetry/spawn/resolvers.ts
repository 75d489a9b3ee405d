import { fault } from '../../../shared/errors.ts'
import { nameOf } from '../../../shared/serve/known-names.ts'
import { HEAT_EDGE, HEAT_SIZE, heatSteps, hourOf } from '../../../shared/world/dereth/heat-cells.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { checkNear } from '../place/near.ts'
import { checkBox } from '../telemetry/box.ts'
import { spawnsOf } from './counts.ts'
import { heatOf } from './heat.ts'

const WEEK_H = 168

export const spawnResolvers: Resolvers = {
  Query: {
    async spawnHeatmap(_, { hours, cellSize, monster, within, near }, { pool, spawns }) {
      if (hours < 1 || hours > WEEK_H) throw fault('BAD_USER_INPUT', `\`hours\` must be 1 to ${WEEK_H}.`)
      const step = heatSteps.get(cellSize)
      if (!step) throw fault('BAD_USER_INPUT', `\`cellSize\` must be one of ${[...heatSteps.keys()].join(', ')}.`)
      const box = within ? checkBox(within) : null
      const now = hourOf(Date.now())
      const counts =
        monster == null
          ? await spawns.sum(now, hours)
          : await spawnsOf(pool, await nameOf(pool, 'monsters', monster), now, hours)
      return { hours, cellSize, size: HEAT_SIZE / step, edge: HEAT_EDGE, ...heatOf(counts, step, box, checkNear(near)) }
    },
  },
}
