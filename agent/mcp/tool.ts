// A tool is a document of the graph with a title, a description, the arguments it takes and the rows it gives.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { z } from 'zod'

/** Rows that a tool gives if nothing else is asked. */
export const ROWS = 50

/** How many rows at most. */
export const limit = (most: number, fallback = Math.min(ROWS, most)) =>
  z.int().min(1).max(most).default(fallback).describe(`Rows at most, 1 to ${most}.`)

/** What every tool gives. */
export interface Rows<R> {
  rows: R[]
  /** How many there are; more than the rows where `truncated`. */
  total: number
  truncated: boolean
}

export interface Tool {
  name: string
  title: string
  description: string
  input: z.ZodObject
  output: z.ZodObject
  document: TypedDocumentNode<unknown, Record<string, unknown>>
  variables: (input: never, now: Date) => Record<string, unknown>
  rows: (data: never, input: never) => Rows<unknown>
}

interface Definition<I extends z.ZodRawShape, O extends z.ZodRawShape, D, V> {
  name: string
  title: string
  /** For the model that chooses a tool; the first sentence says what it gives. */
  description: string
  input: I
  /** The fields of a row. */
  row: O
  document: TypedDocumentNode<D, V>
  variables: (input: z.output<z.ZodObject<I>>, now: Date) => V
  /** The rows of an answer, and how many there are. */
  rows: (data: D, input: z.output<z.ZodObject<I>>) => { rows: z.output<z.ZodObject<O>>[]; total: number }
}

/** Defines a tool. It only reads; arguments that it does not know are refused by name. */
export function defineTool<I extends z.ZodRawShape, O extends z.ZodRawShape, D, V>(
  definition: Definition<I, O, D, V>,
): Tool {
  const { name, title, description, document, variables } = definition
  return {
    name,
    title,
    description,
    input: z.strictObject(definition.input),
    output: z.object({ rows: z.array(z.object(definition.row)), total: z.int(), truncated: z.boolean() }),
    document: document as Tool['document'],
    variables: variables as unknown as Tool['variables'],
    rows(data, input) {
      const { rows, total } = definition.rows(data as D, input as z.output<z.ZodObject<I>>)
      return { rows, total, truncated: total > rows.length }
    },
  }
}
