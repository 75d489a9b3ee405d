// A plugin of our codegen for the SHA-256 of documents, each with the fragments it spreads: the texts by their hashes
// (`*.json`, for the gateway), the hashes by the operations' names (`*.ts`, for the agent), or the hash on each
// document itself, with the folder of its window (`*.gen.ts`, for the page, which loads it with the document).
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

export const plugin = (_schema, documents, { externalFragments = [] }, { outputFile }) => {
  const own = documents.flatMap(({ document }) => document.definitions)
  const definitions = [...own, ...externalFragments.map(({ node }) => node)]
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
  if (outputFile.endsWith('.gen.ts')) {
    const window = /windows\/([^/]+)\//.exec(outputFile)?.[1]
    return Object.entries(hashes)
      .map(([name, hash]) => `Object.assign(${name}Document, ${JSON.stringify({ hash, window })})`)
      .join('\n')
  }
  if (outputFile.endsWith('.json')) return JSON.stringify(texts, null, 2)
  return (
    "/** SHA-256 of each operation's document, by the operation's name. */\n" +
    `export const documentHashes: Readonly<Record<string, string>> = ${JSON.stringify(hashes, null, 2)}\n`
  )
}
