import type { GraphQLFieldResolver } from 'graphql'
import { fault } from '../../shared/errors.ts'
import type { Context } from './context.ts'

type Write = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>

/** Mutations of the process that narrates; a turn bounds them. */
const UNLIMITED = new Set(['runGmTool', 'reportGmEvents'])

/** Refuses a viewer who writes too often, before anything else is looked at. */
export const limited = (name: string, write: Write): Write =>
  UNLIMITED.has(name)
    ? write
    : async (parent, args, context, info) => {
        const { viewer, rateLimits } = context
        if (!(await rateLimits.writes.take(`${viewer.kind} ${viewer.id}`)))
          throw fault('TOO_MANY_TRIES', 'You wrote too often within a minute.')
        return (await write(parent, args, context, info)) as unknown
      }
