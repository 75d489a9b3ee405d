import { z } from 'zod'
import type { Ask, Follow } from './ask.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A text that is sent while it comes to be. Who goes away before its end ends it. */
export type Pieces = AsyncIterableIterator<string>

/** Names of the parts of a path that stand in braces. */
type PartsOf<P extends string> = P extends `${string}{${infer N}}${infer Rest}` ? N | PartsOf<Rest> : never

/** What came with a request, read and checked. */
export interface Asked<Q, B, N extends string = never> {
  /** The parts of the path that stand in braces, by name. */
  path: Readonly<Record<N, string>>
  query: Q
  body: B
}

/** One address of the original's: what it takes, and what it answers. */
export interface Endpoint {
  method: Method
  /** As in `/inventory/{character}`. */
  path: string
  /** Which family it belongs to, as the page of endpoints groups them. */
  family: string
  /** What it answers, in a sentence. */
  says: string
  /** Who may ask. The graph decides; this is what the documentation says. `anybody` alone needs no sign-in. */
  who: 'anybody' | 'viewer' | 'operator' | 'admin'
  query: z.ZodObject
  body: z.ZodObject | null
  answer: z.ZodType
  /** Media type of an answer that is no JSON; it is sent as the text it is, or piece by piece as it comes. */
  media: string | null
  run(asked: Asked<never, never, never>, ask: Ask, follow: Follow): Promise<unknown>
}

interface Written<P extends string, Q extends z.ZodObject, B extends z.ZodObject, A extends z.ZodType> {
  method?: Method
  path: P
  family: string
  says: string
  who?: Endpoint['who']
  query?: Q
  body?: B
  answer: A
  media?: string | null
  run(asked: Asked<z.output<Q>, z.output<B>, PartsOf<P>>, ask: Ask, follow: Follow): Promise<z.input<A> | Pieces>
}

const NOTHING = z.object({})

/**
 * An entry of the table, with what it takes and gives checked against each other. GET for viewers, unless it says
 * otherwise.
 */
export function endpoint<
  const P extends string,
  A extends z.ZodType,
  Q extends z.ZodObject = typeof NOTHING,
  B extends z.ZodObject = typeof NOTHING,
>({ method = 'GET', who = 'viewer', query, body, media = null, ...rest }: Written<P, Q, B, A>): Endpoint {
  return { ...rest, method, who, media, query: query ?? NOTHING, body: body ?? null } as unknown as Endpoint
}

/** A whole number in an address. */
export const wholeNumber = (says: string, fallback: number, least: number, most: number) => {
  const bounds = `must be a whole number from ${least} to ${most}`
  return z.coerce.number(bounds).int(bounds).min(least, bounds).max(most, bounds).default(fallback).describe(says)
}
