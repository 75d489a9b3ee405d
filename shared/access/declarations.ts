// What the directives of a subgraph's schema declare, field by field.
import {
  Kind,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql'
import { ROLES, type Role } from '../auth/viewer.ts'
import { argumentsOf } from './directives.ts'
import { isOwnedKind, type OwnedKind } from './ownership.ts'
import { isRowRule, type RowRule } from './row-rules.ts'

/** Who may use a field, and which parts of its answer are hidden. */
export interface FieldAccess {
  /** The least role. */
  role: Role
  /** The message for viewers below the role; null for the role's default sentence. */
  refusal: string | null
  /** The message for a token; null if tokens may use it. */
  person: string | null
  /**
   * Only for the owner of what the argument names, and for admins where the kind does not exclude them. `input.id`
   * names a field of an argument.
   */
  owner: { of: OwnedKind; argument: string } | null
  /** The argument that must not name the viewer's own account. */
  othersOnly: string | null
  place: Place | null
  filtered: RowRule | null
  guarded: RowRule | null
  /** Subscriptions: viewers of equal rights may share an execution. */
  shared: boolean
  /** Mutations: the session continues under a new name. */
  renewsSession: boolean
  /** For tokens with the scope `agent`, and for nobody else. */
  agentOnly: boolean
  /** For the public page of Mind's Eye, and for nobody else; left out elsewhere. */
  publicOnly?: true
  /** For visitors of a shared view, and for nobody else; left out elsewhere. */
  shareOnly?: true
  /** For tokens with the scope `store`: what belongs to the token itself. */
  tokenStorage: boolean
}

export interface Place {
  /** The property of the parent object that holds the character's name. */
  of: string
  rough: boolean
}

/** By type, then by field. */
export type Declarations = ReadonlyMap<string, ReadonlyMap<string, FieldAccess>>

type TypeNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode
type Fault = (node: FieldDefinitionNode, text: string) => void

const OPERATIONS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription'])
/** Each of their fields declares its access itself. */
const FIELD_BY_FIELD: ReadonlySet<string> = new Set(['Mutation', 'Subscription'])

/**
 * Reads the declarations of one subgraph.
 * @param document all of its schema; where its nodes know their file, faults name it
 * @throws with every field that declares nothing, or something that cannot be
 */
export function readDeclarations(document: DocumentNode): Declarations {
  const faults: string[] = []
  const types = new Map<string, TypeNode[]>()
  for (const node of document.definitions)
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
      types.set(node.name.value, [...(types.get(node.name.value) ?? []), node])

  const inputs = inputsIn(document)
  const declared = new Map<string, Map<string, FieldAccess>>()
  for (const [type, nodes] of types) {
    const ofType = FIELD_BY_FIELD.has(type) ? null : ofTypeIn(nodes)
    const fields = new Map<string, FieldAccess>()
    for (const node of nodes.flatMap(({ fields = [] }) => fields)) {
      const fault: Fault = ({ loc }, text) =>
        faults.push(`${type}.${node.name.value}${loc ? ` in ${loc.source.name}` : ''} ${text}`)
      const access = accessOf(type, node, ofType, fault)
      if (!access) continue
      for (const argument of [access.owner?.argument, access.othersOnly])
        if (argument != null && !hasArgument(inputs, node, argument))
          fault(node, `has no argument ${argument}, by which its access is decided.`)
      fields.set(node.name.value, access)
    }
    declared.set(type, fields)
  }
  if (faults.length) throw new Error(`Access is not declared as it must be:\n${faults.map((f) => `  ${f}`).join('\n')}`)
  return declared
}

type Inputs = ReadonlyMap<string, readonly InputValueDefinitionNode[]>

const inputsIn = (document: DocumentNode): Inputs =>
  new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[node.name.value, node.fields ?? []]] : [],
    ),
  )

/**
 * Whether a field has the argument; of `input.id` also whether the input has the field. A check of a value that is
 * never there would refuse nobody.
 */
function hasArgument(inputs: Inputs, field: FieldDefinitionNode, argument: string): boolean {
  let choices: readonly InputValueDefinitionNode[] = field.arguments ?? []
  return argument.split('.').every((part) => {
    const found = choices.find(({ name }) => name.value === part)
    const type = found?.type.kind === Kind.NON_NULL_TYPE ? found.type.type : found?.type
    choices = (type?.kind === Kind.NAMED_TYPE && inputs.get(type.name.value)) || []
    return found !== undefined
  })
}

interface AccessArguments {
  role: Role
  refusal: string | null
}

function accessArguments(node: TypeNode | FieldDefinitionNode): AccessArguments | null {
  const given = argumentsOf('access', node) as { role: string; refusal?: string } | null
  return given && { role: given.role.toLowerCase() as Role, refusal: given.refusal ?? null }
}

const ofTypeIn = (nodes: readonly TypeNode[]): AccessArguments | null =>
  nodes.map(accessArguments).find((access) => access !== null) ?? null

/** The stricter of both. */
const stricter = (one: AccessArguments | null, other: AccessArguments | null): AccessArguments | null =>
  one && other ? (ROLES.indexOf(one.role) > ROLES.indexOf(other.role) ? one : other) : (one ?? other)

function accessOf(
  type: string,
  node: FieldDefinitionNode,
  ofType: AccessArguments | null,
  fault: Fault,
): FieldAccess | null {
  const access = stricter(ofType, accessArguments(node))
  if (!access) {
    fault(node, OPERATIONS.has(type) ? 'declares no @access.' : `declares no @access, and neither does ${type}.`)
    return null
  }
  const text = (directive: string, argument: string) =>
    (argumentsOf(directive, node)?.[argument] as string | undefined) ?? null
  const owner = argumentsOf('owner', node) as { of: string; argument: string } | null
  const found: FieldAccess = {
    ...access,
    person: text('person', 'refusal'),
    owner: owner as FieldAccess['owner'],
    othersOnly: text('othersOnly', 'argument'),
    place: argumentsOf('place', node) as Place | null,
    filtered: text('filtered', 'by') as RowRule | null,
    guarded: text('guarded', 'by') as RowRule | null,
    shared: argumentsOf('shared', node) !== null,
    renewsSession: argumentsOf('renewsSession', node) !== null,
    agentOnly: argumentsOf('agentOnly', node) !== null,
    ...(argumentsOf('publicOnly', node) && { publicOnly: true }),
    ...(argumentsOf('shareOnly', node) && { shareOnly: true }),
    tokenStorage: argumentsOf('tokenStorage', node) !== null,
  }
  checkFits(type, node, found, fault)
  return found
}

/** Reports declarations that cannot apply. */
function checkFits(type: string, node: FieldDefinitionNode, access: FieldAccess, fault: Fault): void {
  const { owner, othersOnly, place, filtered, guarded, shared, renewsSession, person } = access
  if (owner && !isOwnedKind(owner.of)) fault(node, `has an @owner of something unknown: ${String(owner.of)}.`)
  for (const rule of [filtered, guarded])
    if (rule !== null && !isRowRule(rule)) fault(node, `names a rule that is unknown: ${String(rule)}.`)
  if (shared && type !== 'Subscription') fault(node, 'is @shared, which only a subscription can be.')
  if (shared && (person !== null || owner !== null))
    fault(node, 'is @shared and depends on the person who asks: it can be one of them.')
  if (renewsSession && type !== 'Mutation') fault(node, 'has @renewsSession, which only a mutation can have.')
  const others = access.role !== 'viewer' || person !== null || owner !== null || othersOnly !== null || shared
  const exclusive = (['agentOnly', 'publicOnly', 'shareOnly', 'tokenStorage'] as const).filter(
    (directive) => access[directive],
  )
  for (const directive of exclusive) {
    if (!OPERATIONS.has(type)) fault(node, `is @${directive}, which only an operation can be.`)
    if (others || exclusive.length > 1) fault(node, `is @${directive}, and declares besides what only others can meet.`)
  }
  if ((place || guarded) && OPERATIONS.has(type))
    fault(node, 'has no parent object whose character could be looked at.')
  if (place && node.type.kind === Kind.NON_NULL_TYPE && node.type.type.kind !== Kind.LIST_TYPE)
    fault(node, 'is a @place and can be neither null nor an empty list.')
}
