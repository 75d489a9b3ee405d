import { getNamedType, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql'

/** What only the planner can answer: every field of a type, and single fields as `Type.field`. */
export class Planned {
  readonly #names = new Set<string>()
  readonly #known = new WeakMap<DocumentNode, boolean>()

  type(name: string): void {
    this.#names.add(name)
  }
  field(type: string, name: string): void {
    this.#names.add(`${type}.${name}`)
  }

  /** Whether a document asks for any of it. */
  has(schema: GraphQLSchema, document: DocumentNode): boolean {
    if (!this.#names.size) return false
    let has = this.#known.get(document)
    if (has === undefined) this.#known.set(document, (has = this.#find(schema, document)))
    return has
  }

  #find(schema: GraphQLSchema, document: DocumentNode): boolean {
    const types = new TypeInfo(schema)
    let found = false
    const enter = () => {
      const parent = types.getParentType()?.name
      const field = types.getFieldDef()
      if (!parent || !field) return
      const names = [parent, `${parent}.${field.name}`, getNamedType(field.type).name]
      found ||= names.some((name) => this.#names.has(name))
    }
    visit(document, visitWithTypeInfo(types, { Field: { enter } }))
    return found
  }
}
