// A plugin of our codegen: the documents of a folder, each with the fragments it spreads, by the SHA-256 of their
// text (`*.json`, for the gateway), or the hashes by the operations' names (`*.ts`, for the page).
import { createHash } from 'node:crypto'
import { Kind, print, visit } from 'graphql'

/** The operation with every fragment it reaches, in the order it reaches them. */
function whole(operation, fragments) {
  const reached = new Set()
  const reach = (node) =>
    visit(node, {
      FragmentSpread({ name: { value } }) {
        if (reached.has(value)) return
        const fragment = fragments.get(value)
        if (!fragment) throw new Error(`There is no fragment ${value}.`)
        reached.add(value)
        reach(fragment)
      },
    })
  reach(operation)
  return [operation, ...[...reached].map((name) => fragments.get(name))].map(print).join('\n\n')
}

export const plugin = (_schema, documents, _config, { outputFile }) => {
  const definitions = documents.flatMap(({ document }) => document.definitions)
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  )
  const hashes = {}
  const texts = {}
  for (const operation of definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)) {
    const name = operation.name?.value
    if (!name || Object.hasOwn(hashes, name)) throw new Error(`An operation needs a name of its own: ${name}.`)
    const text = whole(operation, fragments)
    hashes[name] = createHash('sha256').update(text).digest('hex')
    texts[hashes[name]] = text
  }
  if (outputFile.endsWith('.json')) return JSON.stringify(texts, null, 2)
  return (
    "/** SHA-256 of each operation's document, by the operation's name. */\n" +
    `export const documentHashes: Readonly<Record<string, string>> = ${JSON.stringify(hashes, null, 2)}\n`
  )
}
