// The conventions of the public schema, held by reading it.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
} from 'graphql'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')
const schema = buildSchema(readFileSync(path.join(root, 'gateway', 'api.graphql'), 'utf8'))
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
)
const fields = types
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ type, field, name: `${type.name}.${field.name}` })),
  )

/** The definitions of object types in a subgraph. */
function definitionsOf(subgraph: string) {
  const folder = path.join(root, 'subgraphs', subgraph)
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('schema.graphql'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n')
  return parse(text).definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  )
}
const subgraphs = readdirSync(path.join(root, 'subgraphs'))
/** Lists that their first subgraph answers of its own entity: strict before there was this rule. */
const STRICT = new Set(['Character.trail', 'Character.quests', 'Character.rares', 'Character.playSessions'])

describe('the public schema', () => {
  it('describes every type, field, input and value', () => {
    const bare: string[] = []
    for (const type of types) {
      if (!type.description) bare.push(type.name)
      if (isObjectType(type) || isInputObjectType(type))
        for (const field of Object.values(type.getFields()))
          if (!field.description) bare.push(`${type.name}.${field.name}`)
      if (isEnumType(type))
        for (const value of type.getValues()) if (!value.description) bare.push(`${type.name}.${value.name}`)
    }
    expect(bare).toEqual([])
  })

  it('describes every argument', () => {
    const bare = fields.flatMap(({ field, name }) =>
      field.args.filter(({ description }) => !description).map((arg) => `${name}(${arg.name}:)`),
    )
    expect(bare).toEqual([])
  })

  it('bounds every list: by a page, or by the number it says', () => {
    const isPage = (type: string, field: string) => type.endsWith('Connection') && ['edges', 'nodes'].includes(field)
    const isBounded = (text: string) =>
      /\bat\s+most\b|\bas\s+long\s+as\b|one for each|in the same order|equally long|as many as/i.test(text)
    const boundless = fields
      .filter(({ field }) => isListType(getNullableType(field.type)))
      .filter(({ type, field }) => !isPage(type.name, field.name))
      .filter(({ type, field }) => !isBounded(`${type.description ?? ''} ${field.description ?? ''}`))
    expect(boundless.map(({ name }) => name)).toEqual([])
  })

  it('lets every field of an entity that several subgraphs answer be null, so that an outage stays small', () => {
    const keyed = new Map<string, string[]>()
    const strict: [type: string, field: string][] = []
    for (const subgraph of subgraphs) {
      const definitions = definitionsOf(subgraph)
      const entities = new Set(
        definitions
          .filter((node) => node.directives?.some(({ name }) => name.value === 'key'))
          .map((node) => node.name.value),
      )
      for (const entity of entities) keyed.set(entity, [...(keyed.get(entity) ?? []), subgraph])
      for (const node of definitions.filter((one) => entities.has(one.name.value)))
        for (const field of node.fields ?? [])
          if (field.type.kind === Kind.NON_NULL_TYPE && !['name', 'id'].includes(field.name.value))
            strict.push([node.name.value, field.name.value])
    }
    const shared = strict.filter(([type]) => keyed.get(type)!.length > 1).map((parts) => parts.join('.'))
    expect(shared.filter((name) => !STRICT.has(name))).toEqual([])
  })

  it('gives each mutation one input and one payload of its own', () => {
    const mutations = fields.filter(({ type }) => type.name === 'Mutation')
    const others = mutations.filter(({ field }) => {
      const own = field.name[0]!.toUpperCase() + field.name.slice(1)
      const takesInput = field.args.map(({ name, type }) => `${name}: ${String(type)}`).join() === `input: ${own}Input!`
      return String(field.type) !== `${own}Payload` || (field.args.length > 0 && !takesInput)
    })
    expect(others.map(({ name }) => name)).toEqual([])
    expect(mutations.length).toBeGreaterThan(20)
  })

  it('has the same parts in every connection and edge', () => {
    const wrong = types.filter(isObjectType).filter((type) => {
      const { name } = type
      const parts = Object.values(type.getFields()).map((part) => `${part.name}: ${String(part.type)}`)
      if (name.endsWith('Edge'))
        return !(parts.includes('cursor: String!') && parts.some((part) => /^node: \w+!$/.test(part)))
      if (!name.endsWith('Connection')) return false
      const node = parts.find((part) => part.startsWith('nodes: '))?.slice('nodes: ['.length, -'!]!'.length)
      const edge = `edges: [${name.replace(/Connection$/, 'Edge')}!]!`
      return [edge, `nodes: [${node}!]!`, 'pageInfo: PageInfo!', 'totalCount: Int!'].some(
        (part) => !parts.includes(part),
      )
    })
    expect(wrong.map(({ name }) => name)).toEqual([])
    const unpaged = fields
      .filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'))
      .filter(({ field }) => ['first', 'after'].some((name) => !field.args.some((arg) => arg.name === name)))
    expect(unpaged.map(({ name }) => name)).toEqual([])
  })

  it('says of each subscription whether it resumes, and how `extensions` are used or what to do after a break', () => {
    const silent = fields
      .filter(({ type }) => type.name === 'Subscription')
      .filter(({ field: { args, description } }) => {
        const text = (description ?? '').replace(/\s+/g, ' ')
        if (args.some(({ name }) => name === 'afterId'))
          return !/Resumes: /.test(text) || !/`extensions\.resume`/.test(text) || !/`extensions\.seq`/.test(text)
        return !/Does not resume/.test(text) || !/subscribe again|`extensions\.seq`/.test(text)
      })
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  it('is described in plain words', () => {
    const described = types.flatMap((type) => [
      { name: type.name, text: type.description },
      ...(isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).map((field) => ({
            name: `${type.name}.${field.name}`,
            text: field.description,
          }))
        : []),
      ...(isEnumType(type) ? type.getValues().map((value) => ({ name: value.name, text: value.description })) : []),
    ])
    const args = fields.flatMap(({ field, name }) =>
      field.args.map((arg) => ({ name: `${name}(${arg.name}:)`, text: arg.description })),
    )
    const quaint = /\b(whose|told|anew|whoever|of old|the same as above)\b/i
    expect([...described, ...args].filter(({ text }) => quaint.test(text ?? '')).map(({ name }) => name)).toEqual([])
  })
})
