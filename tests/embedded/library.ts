// Two subgraphs that use what the in-process executor cannot compile, beside what it can: interfaces, unions, keys of
// several fields, several keys, `@requires`, `@provides`, fields of several subgraphs. They hold all they know in
// memory.
import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import type { Subgraph } from '../../shared/serve/subgraph.ts'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@shareable", "@external", "@requires", "@provides"])`

const sdl = {
  shelf: `${LINK}
    type Query {
      works(first: Int!): [Work!]!  work(id: ID!): Work  found(text: String!): [Found!]!  authors: [Author!]!
      boxes: [Box!]!  size: Int!  named: [Named!]! kind(of: Kind!): [Work!]!
    }
    enum Kind { BOOK FILM }
    interface Named { name: String! }
    interface Work implements Named { id: ID! name: String! author: Author! }
    type Book implements Work & Named @key(fields: "id") { id: ID! name: String! author: Author! pages: Int! }
    type Film implements Work & Named @key(fields: "id") { id: ID! name: String! author: Author! minutes: Int! sequel:
    Work }
    type Author implements Named @key(fields: "name") { name: String! works: [Work!]! born: Int! }
    type Box @key(fields: "row column") { row: Int! column: Int! holds: Found weight: Int! }
    union Found = Book | Film | Author
    type Place @shareable { row: Int! column: Int! }`,
  reviews: `${LINK}
    type Query { reviews(first: Int!): [Review!]!  best: Reviewed  places: [Place!]! @shareable }
    type Book @key(fields: "id") { id: ID! reviews: [Review!]! stars: Int! }
    type Film @key(fields: "id") { id: ID! reviews: [Review!]! }
    type Author @key(fields: "name") { name: String! born: Int! @external  age: Int! @requires(fields: "born") praise:
    [Praise!]! }
    type Box @key(fields: "row column") { row: Int! column: Int! label: String! }
    union Reviewed = Book | Film
    union Praise = Review | Prize
    type Review { text: String! of: Reviewed! by: Author! }
    type Prize { year: Int! for: Reviewed! }
    type Place @shareable { row: Int! column: Int! }`,
}

interface Work {
  __typename: 'Book' | 'Film'
  id: string
  name: string
  pages?: number
  minutes?: number
}
const authorOf = (n: number) => ({ __typename: 'Author', name: `Author ${n}`, born: 1950 + n })
const works: Work[] = Array.from({ length: 9 }, (_, n) =>
  n % 3
    ? { __typename: 'Book', id: `b${n}`, name: `Book ${n}`, pages: 100 + n }
    : { __typename: 'Film', id: `f${n}`, name: `Film ${n}`, minutes: 90 + n },
)
const authors = [0, 1, 2, 3].map(authorOf)
const boxes = [0, 1, 2, 3].map((n) => ({ row: n % 2, column: n, weight: 10 * n }))

const byId = (id: string) => works.find((work) => work.id === id)!
const numberOf = (id: string) => Number(id.slice(1))
const authorOfWork = ({ id }: { id: string }) => authors[numberOf(id) % 4]!
const worksOf = ({ name }: { name: string }) => works.filter((work) => authorOfWork(work).name === name)
const holds = ({ column }: { column: number }) => [works[0], authors[1], works[4], null][column]
const reviewsOf = ({ id }: { id: string }) => (numberOf(id) % 2 ? [{ __typename: 'Review', text: `On ${id}`, id }] : [])
const sequel = ({ id }: { id: string }) => works[numberOf(id) + 1] ?? null
const named = () => [works[1], authors[2], works[3]]
const found = ({ text }: { text: string }) => [...works, ...authors].filter(({ name }) => name.includes(text))
const praiseOf = ({ name }: { name: string }) =>
  worksOf({ name }).flatMap((work) => [
    ...reviewsOf(work),
    { __typename: 'Prize', year: 2000 + numberOf(work.id), id: work.id },
  ])

type Parent = { id: string; name: string; born: number; row: number; column: number }
const kept = { author: authorOfWork }
const shelf = {
  Query: {
    works: (_: unknown, { first }: { first: number }) => works.slice(0, first),
    work: (_: unknown, { id }: { id: string }) => works.find((work) => work.id === id) ?? null,
    found: (_: unknown, args: { text: string }) => found(args),
    authors: () => authors,
    boxes: () => boxes,
    size: () => works.length,
    named,
    kind: (_: unknown, { of }: { of: string }) => works.filter((work) => work.__typename.toUpperCase() === of),
  },
  Book: { ...kept, __resolveReference: ({ id }: Parent) => byId(id) },
  Film: { ...kept, sequel, __resolveReference: ({ id }: Parent) => byId(id) },
  Author: { works: worksOf, __resolveReference: ({ name }: Parent) => authors.find((one) => one.name === name) },
  Box: { holds, __resolveReference: ({ column }: Parent) => boxes[column] },
}
const byReference = { __resolveReference: ({ id }: Parent) => ({ id }) }
const ofReview = ({ id }: Parent) => ({ __typename: byId(id).__typename, id })
const places = () => boxes.map(({ row, column }) => ({ row, column }))
const reviews = {
  Query: {
    reviews: (_: unknown, { first }: { first: number }) => works.flatMap(reviewsOf).slice(0, first),
    best: () => ({ __typename: 'Film', id: 'f3' }),
    places,
  },
  Book: { reviews: reviewsOf, stars: ({ id }: Parent) => numberOf(id), ...byReference },
  Film: { reviews: reviewsOf, ...byReference },
  Author: { age: ({ born }: Parent) => 2000 - born, praise: praiseOf, __resolveReference: (given: Parent) => given },
  Box: { label: ({ row, column }: Parent) => `${row}/${column}`, __resolveReference: (given: Parent) => given },
  Review: { of: ofReview, by: ({ id }: Parent) => ({ name: authorOfWork({ id }).name }) },
  Prize: { for: ofReview },
}

/** Of each type, how one resolver that knows everything would answer. */
export const whole = {
  Query: { ...shelf.Query, ...reviews.Query, best: () => byId('f3') },
  Book: { ...kept, reviews: reviewsOf, stars: reviews.Book.stars },
  Film: { ...kept, sequel, reviews: reviewsOf },
  Author: { works: worksOf, age: reviews.Author.age, praise: praiseOf },
  Box: { holds, label: reviews.Box.label },
  Review: { of: ({ id }: Parent) => byId(id), by: authorOfWork },
  Prize: { for: ({ id }: Parent) => byId(id) },
}

const subgraph = (name: keyof typeof sdl, resolvers: object): Subgraph => ({
  name,
  schema: buildSubgraphSchema({ typeDefs: parse(sdl[name]), resolvers: resolvers as never }),
  contextFor: () => ({}),
  waitsFor: () => Promise.resolve(null),
  [Symbol.asyncDispose]: () => Promise.resolve(),
})

export const librarySubgraphs = [subgraph('shelf', shelf), subgraph('reviews', reviews)]

/** Composed. Throws where the two do not fit. */
export function librarySupergraph(): string {
  const services = Object.entries(sdl).map(([name, text]) => ({
    name,
    url: 'http://here.invalid',
    typeDefs: parse(text),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(JSON.stringify(errors))
  return supergraphSdl
}
