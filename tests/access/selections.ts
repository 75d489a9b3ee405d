// Documents that ask for every field below a field, and the way back from an answer to what was asked.
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql'

/** Values of arguments by `Type.field.argument`, by the argument's name, or by the name of its type. */
export type Arguments = Readonly<Record<string, unknown>>

/** An object of the answer: its type, and its fields with what is asked of them. */
export interface Selection {
  type: string
  fields: Map<string, { args: string; inner: Selection | null }>
  /** Of a union: what is asked of each of its types. */
  members?: Selection[]
}

const MAX_DEPTH = 6

/** Everything below a type. A type is not opened again within itself, and at most so often in one document. */
export function everythingOf(type: GraphQLObjectType, given: Arguments, most = 3): Selection {
  const opened = new Map<string, number>()
  const open = (of: GraphQLObjectType, above: readonly string[]): Selection => {
    opened.set(of.name, (opened.get(of.name) ?? 0) + 1)
    const fields: Selection['fields'] = new Map()
    for (const field of Object.values(of.getFields())) {
      const inner = getNamedType(field.type)
      const args = argumentsOf(of.name, field, given)
      if (isUnionType(inner)) {
        const members = inner.getTypes().map((member) => open(member, [...above, of.name]))
        fields.set(field.name, { args, inner: { type: inner.name, fields: new Map(), members } })
      } else if (isAbstractType(inner)) fields.set(field.name, { args, inner: { type: inner.name, fields: new Map() } })
      else if (!isObjectType(inner)) fields.set(field.name, { args, inner: null })
      else if (!above.includes(inner.name) && above.length < MAX_DEPTH && (opened.get(inner.name) ?? 0) < most)
        fields.set(field.name, { args, inner: open(inner, [...above, of.name]) })
      else fields.set(field.name, { args, inner: { type: inner.name, fields: new Map() } })
    }
    return { type: of.name, fields }
  }
  return open(type, [type.name])
}

/** The name of a field in the answer: fields of a union's types may have one name and different types. */
const aliasOf = (member: string, field: string) => `${member}_${field}`

/** A selection as text; `__typename` where nothing else is asked. */
export function textOf({ fields, members }: Selection, alias = (name: string) => name): string {
  const texts = [...fields].map(([name, { args, inner }]) => {
    const called = alias(name) === name ? name : `${alias(name)}: ${name}`
    return `${called}${args}${inner ? ` ${textOf(inner)}` : ''}`
  })
  for (const member of members ?? [])
    texts.push(`... on ${member.type} ${textOf(member, (name) => aliasOf(member.type, name))}`)
  if (members || !texts.length) texts.unshift('__typename')
  return `{ ${texts.join(' ')} }`
}

/** One root field with everything below it. */
export function rootText(field: GraphQLField<unknown, unknown>, type: string, given: Arguments) {
  const inner = getNamedType(field.type)
  const selection = isAbstractType(inner)
    ? { type: inner.name, fields: new Map() }
    : isObjectType(inner)
      ? everythingOf(inner, given)
      : null
  return {
    text: `${field.name}${argumentsOf(type, field, given)}${selection ? ` ${textOf(selection)}` : ''}`,
    selection,
  }
}

/** Arguments that must be given, and those that are seeded. */
export function argumentsOf(type: string, { name, args }: GraphQLField<unknown, unknown>, given: Arguments): string {
  const texts = args.flatMap((arg: GraphQLArgument) => {
    const seeded = given[`${type}.${name}.${arg.name}`]
    if (seeded !== undefined) return [`${arg.name}: ${literal(seeded, arg.type)}`]
    if (arg.name === 'first') return ['first: 2'] // few rows show as much as many
    return isRequiredArgument(arg) ? [`${arg.name}: ${literal(valueOf(arg, given), arg.type)}`] : []
  })
  return texts.length ? `(${texts.join(', ')})` : ''
}

function valueOf({ name, type }: { name: string; type: GraphQLInputType }, given: Arguments): unknown {
  if (isNonNullType(type)) return valueOf({ name, type: type.ofType }, given)
  if (isListType(type)) return [valueOf({ name, type: type.ofType }, given)]
  if (given[name] !== undefined) return given[name]
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isRequiredInputField(field) || given[`${type.name}.${field.name}`] !== undefined,
    )
    return Object.fromEntries(
      fields.map((field) => [field.name, given[`${type.name}.${field.name}`] ?? valueOf(field, given)]),
    )
  }
  const seeded = given[type.name]
  if (seeded === undefined) throw new Error(`No value for an argument ${name} of type ${type.name}`)
  return seeded
}

/** A JSON value as GraphQL writes it; words of enums stand bare. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType)
  if (value === null) return 'null'
  if (isListType(type)) return `[${(value as unknown[]).map((entry) => literal(entry, type.ofType)).join(', ')}]`
  if (isEnumType(type)) return String(value)
  if (isInputObjectType(type)) {
    const fields = type.getFields()
    return `{ ${Object.entries(value as object)
      .map(([name, inner]) => `${name}: ${literal(inner, fields[name]!.type)}`)
      .join(', ')} }`
  }
  return JSON.stringify(value)
}

/** Visits every field of an answer that came to be asked, with its path. */
export function visit(
  { type, fields, members }: Selection,
  data: unknown,
  path: string,
  seen: (type: string, field: string, path: string) => void,
): void {
  if (Array.isArray(data))
    return data.forEach((entry, n) => visit({ type, fields, members }, entry, `${path}.${n}`, seen))
  if (data === null || data === undefined) return
  const member = members?.find((one) => one.type === (data as { __typename: string }).__typename)
  for (const [name, { inner }] of member?.fields ?? []) {
    const alias = aliasOf(member!.type, name)
    seen(member!.type, name, `${path}.${alias}`)
    if (inner) visit(inner, (data as Record<string, unknown>)[alias], `${path}.${alias}`, seen)
  }
  for (const [name, { inner }] of fields) {
    seen(type, name, `${path}.${name}`)
    if (inner) visit(inner, (data as Record<string, unknown>)[name], `${path}.${name}`, seen)
  }
}
