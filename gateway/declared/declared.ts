// What the gateway itself must know of declared access. It stands in the supergraph: see
// shared/access/directives.graphql.
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'

/** Names of root fields. */
export interface Declared {
  /** Subscriptions of which viewers of equal rights share one execution. */
  readonly shared: ReadonlySet<string>
  /** Subscriptions of facts, which take an id to resume from. */
  readonly resumable: ReadonlySet<string>
  /** Mutations after which the session continues under a new name. */
  readonly renewing: ReadonlySet<string>
}

/** Nothing is shared while nothing is known. */
export const NOTHING_DECLARED: Declared = { shared: new Set(), resumable: new Set(), renewing: new Set() }

/** Reads the declarations of a supergraph's schema. */
export const declaredIn = (supergraph: GraphQLSchema): Declared => ({
  shared: fieldsWith('shared', supergraph.getSubscriptionType()),
  resumable: resumableIn(supergraph.getSubscriptionType()),
  renewing: fieldsWith('renewsSession', supergraph.getMutationType()),
})

/** The argument by which a subscription resumes. */
export const RESUME_ARGUMENT = 'afterId'

const resumableIn = (type: GraphQLObjectType | null | undefined): ReadonlySet<string> =>
  new Set(
    Object.values(type?.getFields() ?? {})
      .filter(({ args }) => args.some(({ name }) => name === RESUME_ARGUMENT))
      .map(({ name }) => name),
  )

function fieldsWith(directive: string, type: GraphQLObjectType | null | undefined): ReadonlySet<string> {
  const fields = Object.values(type?.getFields() ?? {})
  const applied = fields.filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === directive))
  return new Set(applied.map(({ name }) => name))
}
