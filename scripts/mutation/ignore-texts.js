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

export const strykerPlugins = [{ kind: 'Ignore', name: 'texts', value: { shouldIgnore: reasonToIgnore } }]
