// Documents nobody would write, from a seed: any fields of the graph, any arguments, aliases, fragments, variables,
// conditions.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { pick, type Rng } from '../../ingest/simulator/world/chance.ts'

/** Values for arguments by the argument's name, else by the name of its type. */
export type Pool = Readonly<Record<string, readonly unknown[]>>

export interface Generated {
  query: string
  variables: Record<string, unknown>
}

/** A JSON value as GraphQL writes it; words of enums stand bare. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType)
  if (value === null) return 'null'
  if (isListType(type)) return `[${(value as unknown[]).map((one) => literal(one, type.ofType)).join(', ')}]`
  if (isEnumType(type)) return String(value)
  if (isInputObjectType(type)) {
    const fields = type.getFields()
    return `{ ${Object.entries(value as object)
      .map(([name, inner]) => `${name}: ${literal(inner, fields[name]!.type)}`)
      .join(', ')} }`
  }
  return JSON.stringify(value)
}

/**
 * @param without names of fields never to be asked for
 * @param streams subscriptions of characters to ask for, without arguments of their own, in the place of queries
 */
export function documents(
  schema: GraphQLSchema,
  rng: Rng,
  pool: Pool,
  without: ReadonlySet<string>,
  streams?: readonly string[],
): () => Generated {
  const chance = (share: number) => rng() < share

  function valueOf({ name, type }: { name: string; type: GraphQLInputType }, depth = 0): unknown {
    if (isNonNullType(type)) return valueOf({ name, type: type.ofType }, depth)
    if (isListType(type)) {
      const item = { name: name.replace(/s$/, ''), type: type.ofType }
      return Array.from({ length: Math.floor(rng() * 3) }, () => valueOf(item, depth + 1))
    }
    if (isEnumType(type)) return pick(rng, type.getValues()).name
    if (isInputObjectType(type)) {
      const fields: [string, unknown][] = []
      for (const field of Object.values(type.getFields()) as GraphQLInputField[])
        if (isNonNullType(field.type) || (depth < 2 && chance(0.15)))
          fields.push([field.name, valueOf(field, depth + 1)])
      return Object.fromEntries(fields)
    }
    return pick(rng, pool[name] ?? pool[type.name] ?? [null])
  }

  return () => {
    const variables: Record<string, unknown> = {}
    const declared: string[] = []
    const fragments: string[] = []
    let names = 0

    function argument({ name, type }: GraphQLArgument, value: unknown): string {
      if (!chance(0.3)) return `${name}: ${literal(value, type)}`
      const variable = `v${names++}`
      variables[variable] = value
      declared.push(`$${variable}: ${String(type)}`)
      return `${name}: $${variable}`
    }
    function condition(): string {
      if (!chance(0.06)) return ''
      const variable = `if${names++}`
      variables[variable] = chance(0.5)
      declared.push(`$${variable}: Boolean!`)
      return ` @${pick(rng, ['skip', 'include'])}(if: $${variable})`
    }
    function selection(type: GraphQLCompositeType, depth: number): string {
      const all = isUnionType(type)
        ? []
        : Object.values(type.getFields()).filter(
            ({ name }) => !without.has(name) && !without.has(`${type.name}.${name}`),
          )
      const leaves = all.filter((field) => !isCompositeType(getNamedType(field.type)))
      const lines = chance(0.1) ? ['__typename'] : []
      const most = depth === 0 ? 2 : 1 + Math.floor(rng() * 5)
      for (let i = 0; i < most; i++) {
        const fields = depth > 4 || (depth > 0 && chance(0.4) && leaves.length) ? leaves : all
        if (!fields.length) continue
        const field = pick(rng, fields)
        const inner = getNamedType(field.type)
        const given = field.args.flatMap((arg) => {
          if (arg.name === 'first' || arg.name === 'last')
            return arg.name === 'first' ? [argument(arg, 1 + Math.floor(rng() * 4))] : []
          return isNonNullType(arg.type) || chance(0.3) ? [argument(arg, valueOf(arg))] : []
        })
        const args = given.length ? `(${given.join(', ')})` : ''
        const set = isCompositeType(inner) ? ` { ${selection(inner, depth + 1)} }` : ''
        lines.push(`a${names++}: ${field.name}${args}${condition()}${set}`)
      }
      if (isAbstractType(type))
        for (const one of schema.getPossibleTypes(type))
          if (depth < 6 && chance(0.6)) lines.push(`... on ${one.name} { ${selection(one, depth + 1)} }`)
      if (!lines.length) lines.push('__typename')
      if (depth === 0 || !chance(0.1)) return lines.join(' ')
      const fragment = `f${names++}`
      if (chance(0.5)) return `... on ${type.name} { ${lines.join(' ')} }`
      fragments.push(`fragment ${fragment} on ${type.name} { ${lines.join(' ')} }`)
      return `...${fragment}`
    }
    const [kind, root] = streams ? ['subscription', schema.getSubscriptionType()!] : ['query', schema.getQueryType()!]
    const stream = streams && root.getFields()[pick(rng, streams)]!
    const rowOf = (type: GraphQLObjectType) => {
      const character = getNamedType(type.getFields()['character']!.type) as GraphQLObjectType
      return `{ of: character { ${selection(character, 1)} } ${selection(type, 1)} }`
    }
    const body = stream ? `${stream.name} ${rowOf(getNamedType(stream.type) as GraphQLObjectType)}` : selection(root, 0)
    const head = declared.length ? `${kind}(${declared.join(', ')})` : kind
    return { query: `${head} { ${body} } ${fragments.join(' ')}`, variables }
  }
}
