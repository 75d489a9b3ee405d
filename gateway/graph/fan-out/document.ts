import { getOperationAST, Kind, OperationTypeNode, parse, print, visit, type DocumentNode } from 'graphql'

/** Documents remembered; our own clients send a few dozen. */
const MOST = 1_000
/** Longer ones are not worth remembering. */
const LONGEST = 20_000

/** Subscriptions that begin work for who asks, take their turn as theirs and end when they are done: each reader has its own. */
const OWN = new Set(['suitSearch', 'jointSuitSearch'])

/**
 * The text of a subscription that several may read, without its author's blanks and commas; null for anything else, wrong
 * documents included.
 */
export function subscriptionText(query: string, operationName: string | null | undefined): string | null {
  const key = `${operationName ?? ''} ${query}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const text = normal(query, operationName)
  if (key.length <= LONGEST) {
    if (remembered.size >= MOST) remembered.delete(remembered.keys().next().value!)
    remembered.set(key, text)
  }
  return text
}

const remembered = new Map<string, string | null>()

function normal(query: string, operationName: string | null | undefined): string | null {
  try {
    const document = parse(query, { noLocation: true, maxTokens: 10_000 })
    const isStream = getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
    return isStream && !asksForOwn(document) ? print(document) : null
  } catch {
    return null // refused by whoever executes it
  }
}

function asksForOwn(document: DocumentNode): boolean {
  let isOwn = false
  visit(document, { [Kind.FIELD]: ({ name }) => void (isOwn ||= OWN.has(name.value)) })
  return isOwn
}
