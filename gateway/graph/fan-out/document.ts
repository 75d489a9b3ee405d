import { getOperationAST, OperationTypeNode, parse, print } from 'graphql'

/** Documents remembered; our own clients send a few dozen. */
const MOST = 1_000
/** Longer ones are not worth remembering. */
const LONGEST = 20_000

/** The text of a subscription without its author's blanks and commas; null for anything else, wrong documents included. */
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
    return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
      ? print(document)
      : null
  } catch {
    return null // refused by whoever executes it
  }
}
