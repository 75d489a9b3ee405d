import { getOperationAST, OperationTypeNode, parse, print } from 'graphql'
import { rootFieldsOf } from '../../declared/root-fields.ts'

/** Documents remembered; our own clients send a few dozen. */
const MAX_DOCUMENTS = 1_000
/** Longer ones are not worth remembering. */
const MAX_LENGTH = 20_000

/**
 * The text of a subscription that several may read, without its author's blanks and commas; null for anything else,
 * wrong documents included.
 * @param shared the subscriptions declared to be shared; what was remembered of another set is not used
 */
export function subscriptionText(
  query: string,
  operationName: string | null | undefined,
  shared: ReadonlySet<string>,
): string | null {
  const remembered = rememberedFor(shared)
  const key = `${operationName ?? ''} ${query}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const text = normal(query, operationName, shared)
  if (key.length <= MAX_LENGTH) {
    if (remembered.size >= MAX_DOCUMENTS) remembered.delete(remembered.keys().next().value!)
    remembered.set(key, text)
  }
  return text
}

const everyRemembered = new WeakMap<ReadonlySet<string>, Map<string, string | null>>()

function rememberedFor(shared: ReadonlySet<string>): Map<string, string | null> {
  const known = everyRemembered.get(shared) ?? new Map<string, string | null>()
  everyRemembered.set(shared, known)
  return known
}

function normal(query: string, operationName: string | null | undefined, shared: ReadonlySet<string>): string | null {
  try {
    const document = parse(query, { noLocation: true, maxTokens: 10_000 })
    const isStream = getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
    if (!isStream) return null
    const fields = rootFieldsOf(document, operationName)
    return fields.length && fields.every(({ name }) => shared.has(name.value)) ? print(document) : null
  } catch {
    return null // refused when it is executed
  }
}
