import { MAP_MARKS_TOPIC, type MapMarkEvent } from '../../../shared/contract/map-marks.ts'
import { transaction } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { mustBeUuid, type Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { givenOf, valuesOf } from './input.ts'
import { addMark, changeMark, deleteMark, findMark, listMarks, reachOf, seesMark, type MarkRow } from './store.ts'

const MAX_PAGE_SIZE = 500
const NO_MARK = 'There is no such mark.'

interface ChangeRow {
  markId: string
  mark: MarkRow | null
}

const publishMark = ({ pubsub }: Context, event: MapMarkEvent) => pubsub.publish(MAP_MARKS_TOPIC, event)

/** What a change is to this viewer; undefined for one who saw the mark neither before nor now. */
async function changeFor({ pool, viewer }: Context, { id, before }: MapMarkEvent): Promise<ChangeRow | undefined> {
  const mark = await findMark(pool, viewer, id)
  return mark || (before && seesMark(viewer, before)) ? { markId: id, mark } : undefined
}

export const mapMarkResolvers: Resolvers = {
  Query: {
    async mapMarks(_, page, { pool, viewer }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listMarks(pool, viewer, page)
      return { ...connection(rows, page, ({ sortKey, id }) => [sortKey, id]), totalCount }
    },
  },
  Mutation: {
    async createMapMark(_, { input }, context) {
      const values = valuesOf(input.shape, givenOf(input), Date.now())
      const mapMark = await addMark(context.pool, context.viewer, input.shape, values)
      publishMark(context, { id: mapMark.id, before: null })
      return { mapMark }
    },
    async updateMapMark(_, { input: { id, expiresAt, ...changes } }, context) {
      mustBeUuid(id, NO_MARK)
      const before = await transaction(context.pool, async (client) => {
        await client.query('select from map_marks where id = $1 for update', [id])
        const mark = await findMark(client, context.viewer, id)
        if (!mark) throw fault('NOT_FOUND', NO_MARK)
        const given = {
          points: changes.points ?? mark.points,
          radius: changes.radius ?? mark.radius,
          note: changes.note ?? mark.note,
          colour: changes.colour ?? mark.colour,
          audience: changes.audience ?? mark.audience,
          expiresAt: expiresAt === undefined ? mark.expiresAt : expiresAt,
        }
        const reach = await reachOf(client, id)
        await changeMark(client, id, valuesOf(mark.shape, given, Date.now()))
        return reach
      })
      publishMark(context, { id, before })
      return { mapMark: await findMark(context.pool, context.viewer, id) }
    },
    async deleteMapMark(_, { input: { id } }, context) {
      mustBeUuid(id, NO_MARK)
      const before = await reachOf(context.pool, id)
      if (!(await deleteMark(context.pool, context.viewer, id))) throw fault('NOT_FOUND', NO_MARK)
      publishMark(context, { id, before })
      return { deletedMapMarkId: id }
    },
  },
  Subscription: {
    mapMarkChanged: {
      subscribe: (_, __, context) =>
        snapshotThenUpdates<ChangeRow>({
          pubsub: context.pubsub,
          phase: context.phase,
          topics: [MAP_MARKS_TOPIC],
          map: (event) => changeFor(context, event as MapMarkEvent),
        }),
      resolve: (change: unknown) => change as ChangeRow,
    },
  },
}
