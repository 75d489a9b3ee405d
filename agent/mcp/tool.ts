// A tool: arguments, rows, and documents of the graph between them.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { GraphFault } from '../graph/fault.ts'
import { published } from './published-schema.ts'
import type { ToolGraph } from './tool-graph.ts'

/** Rows of a page if the caller asks for nothing else. */
const DEFAULT_ROWS = 50
/** The most characters of JSON that the rows of one result may have; estimated at four characters a token. */
export const MAX_RESULT_TOKENS = 12_000
const MAX_ROWS_LENGTH = MAX_RESULT_TOKENS * 4

/** What every tool returns. */
export interface Rows<R> {
  rows: R[]
  /** Number of rows over all pages; null where nobody counts them. */
  total: number | null
  /** There are more rows than these. */
  truncated: boolean
  /** For the argument `cursor`, to read the next page; null where there is none. */
  nextCursor: string | null
  /** A remark on the result, for example that a search was not finished. */
  note?: string
}

/** Something a row names, which the caller can read as a resource. */
export interface Link {
  uri: string
  name: string
}

export interface ToolContext {
  graph: ToolGraph
  now: Date
  /** Aborts when the caller cancels, and at the deadline of the call. */
  signal: AbortSignal
  /** Reports progress. `total` is left out while it is unknown. */
  progress: (done: number, total?: number, message?: string) => void
}

export interface Tool {
  name: string
  title: string
  description: string
  input: StandardSchemaWithJSON<Record<string, unknown>>
  output: StandardSchemaWithJSON<Record<string, unknown>>
  /** It may take many seconds: it has a narrower limit of its own. */
  isSlow: boolean
  /** It follows a stream, which not every caller may. */
  needsStream: boolean
  /** How long a call may take; left out, as long as those of most tools. */
  deadlineMs?: number
  run: (input: never, context: ToolContext) => Promise<Rows<unknown>>
  links: (row: never) => Link[]
}

interface Definition<I extends z.ZodRawShape, O extends z.ZodRawShape> {
  name: string
  title: string
  /** For the model that chooses a tool; the first sentence names what it returns. */
  description: string
  input: I
  /** The fields of a row. */
  row: O
  links?: (row: z.output<z.ZodObject<O>>) => Link[]
  isSlow?: boolean
  needsStream?: boolean
  deadlineMs?: number
}

export type Found<R> = Omit<Rows<R>, 'truncated' | 'nextCursor'> & Partial<Rows<R>>

interface CustomDefinition<I extends z.ZodRawShape, O extends z.ZodRawShape> extends Definition<I, O> {
  run: (input: z.output<z.ZodObject<I>>, context: ToolContext) => Promise<Found<z.output<z.ZodObject<O>>>>
}

/** Defines a tool that needs more than one document. It only reads; an argument it does not know is refused by name. */
export function defineTool<I extends z.ZodRawShape, O extends z.ZodRawShape>(definition: CustomDefinition<I, O>): Tool {
  const { name, title, description, run, links, isSlow = false, needsStream = false, deadlineMs } = definition
  return {
    name,
    title,
    description,
    isSlow,
    needsStream,
    ...(deadlineMs !== undefined && { deadlineMs }),
    input: published(z.strictObject(definition.input), 'input'),
    output: published(
      z.looseObject({
        rows: z.array(z.object(definition.row)),
        total: z.unknown(), // a whole number or null: named only, for each listed type costs tokens in every tool
        truncated: z.boolean(),
        nextCursor: z.string().nullable(),
      }),
      'output',
    ),
    async run(input, context) {
      const found = await run(input as z.output<z.ZodObject<I>>, context)
      const fitting = fittingRows(found.rows)
      return {
        ...found,
        rows: found.rows.slice(0, fitting),
        truncated: found.truncated === true || fitting < found.rows.length,
        nextCursor: found.nextCursor ?? null,
      }
    },
    links: (links ?? (() => [])) as Tool['links'],
  }
}

interface DocumentDefinition<I extends z.ZodRawShape, O extends z.ZodRawShape, D, V> extends Definition<I, O> {
  document: TypedDocumentNode<D, V>
  variables: (input: z.output<z.ZodObject<I>>, now: Date) => V
  rows: (data: D, input: z.output<z.ZodObject<I>>) => { rows: z.output<z.ZodObject<O>>[]; total: number; note?: string }
}

/** Defines a tool that is one document with all its rows in one result. */
export function defineDocumentTool<I extends z.ZodRawShape, O extends z.ZodRawShape, D, V>({
  document,
  variables,
  rows,
  ...definition
}: DocumentDefinition<I, O, D, V>): Tool {
  return defineTool({
    ...definition,
    async run(input, { graph, now, signal }) {
      const found = rows(await graph.ask(document, variables(input, now) as never, signal), input)
      return { ...found, truncated: found.total > found.rows.length }
    },
  })
}

/** `after` is the cursor of the page before, null for the first page. */
export interface Page {
  first: number
  after: string | null
}

export interface Connection<R> {
  rows: R[]
  total: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

interface PagedDefinition<I extends z.ZodRawShape, O extends z.ZodRawShape, D, V> extends Definition<I, O> {
  /** The most rows of a page. */
  mostRows: number
  document: TypedDocumentNode<D, V>
  variables: (input: z.output<z.ZodObject<I>>, page: Page, now: Date) => V
  rows: (data: D, input: z.output<z.ZodObject<I>>, page: Page) => Connection<z.output<z.ZodObject<O>>>
}

/** A page of a list that an answer holds whole: the cursor is the number of rows before it. */
export function pageOf<R>(all: readonly R[], { first, after }: Page): Connection<R> {
  const offset = Number(after ?? 0)
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw new GraphFault('`cursor` is not one of this tool.', 'BAD_USER_INPUT', null)
  const end = offset + first
  const rows = all.slice(offset, end)
  return { rows, total: all.length, pageInfo: { hasNextPage: end < all.length, endCursor: String(end) } }
}

/** Defines a tool that is one document with a list, page by page: it takes `limit` and `cursor` too. */
export function definePagedTool<I extends z.ZodRawShape, O extends z.ZodRawShape, D, V>({
  mostRows,
  document,
  variables,
  rows,
  ...definition
}: PagedDefinition<I, O, D, V>): Tool {
  const input = {
    ...definition.input,
    limit: z.int().min(1).max(mostRows).default(Math.min(DEFAULT_ROWS, mostRows)).describe('Rows of a page.'),
    cursor: z.string().max(300).optional().describe('nextCursor of the page before.'),
  }
  type Paged = z.output<z.ZodObject<I>> & { limit: number; cursor?: string }
  return defineTool({
    ...definition,
    input,
    async run(given, { graph, now, signal }) {
      const { limit, cursor = null } = given as unknown as Paged
      const page = async (first: number) => {
        const own = given as unknown as z.output<z.ZodObject<I>>
        const page = { first, after: cursor }
        return rows(await graph.ask(document, variables(own, page, now) as never, signal), own, page)
      }
      let found = await page(limit)
      // Asked again for as many as can be sent, so that the next page begins after the last row of this one.
      const fitting = fittingRows(found.rows)
      if (fitting > 0 && fitting < found.rows.length) found = await page(fitting)
      const { hasNextPage, endCursor } = found.pageInfo
      return {
        rows: found.rows,
        total: found.total,
        truncated: hasNextPage,
        nextCursor: hasNextPage ? endCursor : null,
      }
    },
  })
}

/** How many of the rows, from the first, can be sent in one result. */
function fittingRows(rows: readonly unknown[]): number {
  let left = MAX_ROWS_LENGTH
  const tooMany = rows.findIndex((row) => (left -= JSON.stringify(row).length + 1) < 0)
  return tooMany < 0 ? rows.length : tooMany
}
