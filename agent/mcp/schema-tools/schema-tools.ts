// Tools for those who write queries of their own. Off unless MCP_SCHEMA_TOOLS is set.
import {
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql'
import { z } from 'zod'
import { isNestedTooDeep, TOO_DEEP } from '../../../shared/document-nesting.ts'
import { GraphFault } from '../../graph/fault.ts'
import { defineTool, MAX_RESULT_TOKENS, type Tool } from '../tool.ts'
import { dataOf, visibleSchema } from './visible-schema.ts'

const MAX_TOKENS = 10_000
const MAX_FAULTS = 20
const document = z.string().min(1).max(50_000).describe('One GraphQL query.')

const searchSchema = defineTool({
  name: 'search_schema',
  title: 'Search the schema',
  description:
    'Types, fields and arguments of the GraphQL schema whose name or description has all words of `text`. ' +
    'Query.NAME is a question that execute_document can ask.',
  input: { text: z.string().min(1).max(200), limit: z.int().min(1).max(100).default(30) },
  row: { name: z.string(), signature: z.string(), description: z.string().nullable() },
  async run({ text, limit }, { graph, signal }) {
    const words = text
      .toLowerCase()
      .split(/[\s.]+/)
      .filter(Boolean)
    const schema = await visibleSchema(graph, signal)
    const found = Object.values(schema.getTypeMap())
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap(entriesOf)
      .map((entry) => ({ entry, rank: rankOf(entry, words) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank)
    return {
      rows: found.slice(0, limit).map(({ entry }) => entry),
      total: found.length,
      truncated: found.length > limit,
    }
  },
})

interface Entry {
  name: string
  signature: string
  description: string | null
}

/** A type and its fields, each a row. */
function entriesOf(type: GraphQLNamedType): Entry[] {
  const { name, description = null } = type
  if (isEnumType(type)) {
    const values = type.getValues().map((value) => value.name)
    return [{ name, signature: `enum ${name} { ${values.join(' ')} }`, description: description ?? null }]
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => `${field.name}: ${String(field.type)}`)
    return [{ name, signature: `input ${name} { ${fields.join(', ')} }`, description: description ?? null }]
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  const fields = Object.values(type.getFields())
  return [
    {
      name,
      signature: `type ${name} { ${fields.map((field) => field.name).join(' ')} }`,
      description: description ?? null,
    },
    ...fields.map((field) => fieldEntry(name, field)),
  ]
}

function fieldEntry(owner: string, { name, args, type, description = null }: GraphQLField<unknown, unknown>): Entry {
  const given = args.map((arg) => `${arg.name}: ${String(arg.type)}`).join(', ')
  return {
    name: `${owner}.${name}`,
    signature: `${name}${given && `(${given})`}: ${String(type)}`,
    description: description ?? null,
  }
}

/** Names count more than descriptions, and what can be asked at once more than the rest; 0 where a word is missing. */
function rankOf({ name, description }: Entry, words: readonly string[]): number {
  const lower = name.toLowerCase()
  const about = description?.toLowerCase() ?? ''
  const parts = lower.split('.')
  let rank = parts[0] === 'query' ? 1 : 0
  for (const word of words) {
    const own = parts.includes(word) ? 5 : lower.includes(word) ? 3 : about.includes(word) ? 1 : 0
    if (own === 0) return 0
    rank += own
  }
  return rank
}

/** The document, if it is one query. @throws GraphFault for anything else */
function oneQuery(text: string): DocumentNode {
  if (isNestedTooDeep(text)) throw new GraphFault(TOO_DEEP, 'BAD_USER_INPUT', null)
  const parsed = parse(text, { maxTokens: MAX_TOKENS })
  const operations = parsed.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node] : []))
  if (operations.some(({ operation }) => operation !== 'query'))
    throw new GraphFault('Only queries are allowed: no mutation, no subscription.', 'FORBIDDEN', null)
  if (operations.length !== 1) throw new GraphFault('Send a document with one query.', 'BAD_USER_INPUT', null)
  return parsed
}

interface Fault {
  message: string
  line: number | null
  column: number | null
}
const faultOf = ({ message, locations }: GraphQLError): Fault => ({
  // What it suggests is of the visible schema only.
  message,
  line: locations?.[0]?.line ?? null,
  column: locations?.[0]?.column ?? null,
})

/** Parses, and tells a fault of the syntax from others. */
function parsedOrFault(text: string): { parsed: DocumentNode } | { fault: Fault } {
  try {
    return { parsed: oneQuery(text) }
  } catch (error) {
    if (error instanceof GraphQLError) return { fault: faultOf(error) }
    throw error
  }
}

const validateDocument = defineTool({
  name: 'validate_document',
  title: 'Check a query',
  description: 'What is wrong with a GraphQL query, without running it; no rows when nothing is.',
  input: { document },
  row: { message: z.string(), line: z.number().nullable(), column: z.number().nullable() },
  async run({ document: text }, { graph, signal }) {
    const schema = await visibleSchema(graph, signal)
    const read = parsedOrFault(text)
    if ('fault' in read) return { rows: [read.fault], total: 1 }
    const faults = validate(schema, read.parsed, undefined, { maxErrors: MAX_FAULTS }).map(faultOf)
    return { rows: faults, total: faults.length }
  },
})

const executeDocument = defineTool({
  name: 'execute_document',
  title: 'Run a query',
  description: 'Answers one GraphQL query with your own rights and limits of cost. Page lists with `first`.',
  input: { document, variables: z.record(z.string(), z.unknown()).default({}) },
  row: { data: z.record(z.string(), z.unknown()) },
  async run({ document: text, variables }, { graph, signal }) {
    const read = parsedOrFault(text)
    if ('fault' in read) throw new GraphFault(read.fault.message, 'BAD_USER_INPUT', null)
    const data = dataOf(await graph.askText(text, variables, signal))
    if (JSON.stringify(data).length > MAX_RESULT_TOKENS * 4)
      throw new GraphFault('The answer is too long. Ask for fewer rows or fields.', 'TOO_LARGE', null)
    return { rows: [{ data }], total: 1 }
  },
})

/** In the order they are listed, after all others. */
export const schemaTools: readonly Tool[] = [searchSchema, validateDocument, executeDocument]
