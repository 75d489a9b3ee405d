import { createHash } from 'node:crypto'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

/**
 * Leaves out texts for people, which tests should not repeat word for word: what is logged, the message beside an error
 * code, and the message of an error that is never sent to anybody.
 */
function reasonToIgnore(path) {
  const { node, parent, listKey, key } = path
  if (listKey !== 'arguments') return undefined
  const { callee } = parent
  if (callee.type === 'MemberExpression' && /^log$/i.test(callee.object.name ?? callee.object.property?.name ?? ''))
    return LOG_LEVELS.includes(callee.property.name) ? 'what is logged' : undefined
  const isText = node.type === 'StringLiteral' || node.type === 'TemplateLiteral'
  if (!isText || callee.type !== 'Identifier') return undefined
  if (callee.name === 'fault' && key === 1) return 'the message beside an error code'
  if (callee.name.endsWith('Error') && key === 0) return 'the message of an error'
  return undefined
}

/** Of a sample: leaves out all but one in so many of a file's statements, always the same ones. */
function reasonToSkip({ node, parent }) {
  const oneIn = Number(process.env.MUTATION_ONE_IN ?? 1)
  if (oneIn === 1 || parent?.type !== 'Program') return undefined
  const drawn = createHash('sha256').update(`${node.start} ${node.end}`).digest().readUInt32BE() % oneIn
  return drawn === 0 ? undefined : 'not of the sample'
}

export const strykerPlugins = [
  { kind: 'Ignore', name: 'texts', value: { shouldIgnore: reasonToIgnore } },
  { kind: 'Ignore', name: 'sample', value: { shouldIgnore: reasonToSkip } },
]
