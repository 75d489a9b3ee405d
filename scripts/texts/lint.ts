// What people read comes from a `messages.ts`, so that it can be said in another language: plain text in templates, and
// what stands in expressions and in scripts. eslint-plugin-vue's rule sees plain text alone, and cannot leave code out.
import type { Rule } from 'eslint'

interface Node {
  type: string
  parent?: Node
  [name: string]: unknown
}

/** Attributes and properties whose value is shown or read out. */
const SHOWN =
  /^(?:title|text|name|label|aria-?(?:label|valuetext|roledescription|description)|placeholder|alt|nothing|about|hint|fault)$/i
/** What is typed or pressed is the same in every language. */
const CODE = /^(?:code|kbd|pre|samp)$/
/** Names of this program. */
const OWN = /^(?:Overlord)$/
/** Their arguments are for developers, or are no words. */
const NOT_SHOWN = /^(?:Error|TypeError|RangeError|CustomEvent|RegExp|querySelector(?:All)?|closest|matches|close)$/

const nameOf = (node: Node | undefined): string =>
  String(node?.['name'] ?? (node?.['property'] as Node | undefined)?.['name'] ?? node?.['value'] ?? '')

/** The words of a literal or a template, with a gap for each value in it; null for anything else. */
function wordsOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node.type !== 'TemplateLiteral') return null
  return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('0')
}

/** Whether it can only be meant for people: `Nothing fits`, but not `open-window` or `flex gap-2`. */
const isSentence = (words: string): boolean =>
  /^[“"]?(?:\p{Lu}\p{Ll}*|0),? \p{L}/u.test(words) && !/\b(?:sans-serif|monospace)\b|^0 \p{L}+$/u.test(words)
const isWord = (words: string): boolean => /^(?:\p{Lu}\p{Ll}{2,}|\d+ \p{L})/u.test(words)

/** What an expression shows of a literal within it: both ends of a choice, but not its condition. */
function shownBy(node: Node): Node {
  const above = node.parent
  if (!above) return node
  const passes =
    (above.type === 'ConditionalExpression' && above['test'] !== node) ||
    (above.type === 'LogicalExpression' && (above['operator'] !== '&&' || above['right'] === node)) ||
    above.type === 'TSAsExpression' ||
    above.type === 'TSNonNullExpression'
  return passes ? shownBy(above) : above
}

function isExempt(node: Node): boolean {
  const above = shownBy(node)
  if (/^(?:Import|Export|TSLiteralType|SwitchCase|TaggedTemplate)/.test(above.type)) return true
  if (above.type === 'BinaryExpression') return /^[!=]==?$|^in$/.test(String(above['operator']))
  if (above.type === 'CallExpression' || above.type === 'NewExpression')
    return NOT_SHOWN.test(nameOf(above['callee'] as Node))
  return above.type === 'Property' && above['key'] === node
}

/** `name` and `type` of plain elements name fields and groups of them for the program. */
const isNameOfGroup = (attribute: Node): boolean =>
  nameOf(attribute['key'] as Node) === 'name' && /^[a-z]/.test(String((attribute['value'] as Node)['value']))

const inMessages: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const report = (node: Node) =>
      context.report({
        node: node as unknown as Rule.Node,
        message: 'What people read belongs into a messages.ts beside this file: see CONTRIBUTING.md.',
      })
    const look = (given: unknown) => {
      const node = given as Node
      const words = wordsOf(node)
      if (words === null || isExempt(node)) return
      const above = shownBy(node)
      const isNamed = above.type === 'Property' && SHOWN.test(nameOf(above['key'] as Node))
      if (isSentence(words) || (isNamed && isWord(words))) report(node)
    }
    /** In a template also single words are seen, where the expression is what is shown. */
    const lookInTemplate = (given: unknown) => {
      const node = given as Node
      const words = wordsOf(node)
      if (words === null || isExempt(node)) return
      const above = shownBy(node)
      const directive = above.type === 'VExpressionContainer' ? above.parent : undefined
      const argument = nameOf((directive?.['key'] as Node | undefined)?.['argument'] as Node | undefined)
      const isCode = CODE.test(String(directive?.['rawName']))
      const isShown = directive && !isCode && (directive.type === 'VElement' || SHOWN.test(argument))
      if (isShown ? /\p{Ll}{2}/u.test(words.replaceAll('0', '')) : isSentence(words)) report(node)
    }
    const isText = (words: string) => /\p{L}/u.test(words) && !OWN.test(words.trim())
    const plain = {
      VText(given: unknown) {
        const node = given as Node
        if (isText(String(node['value'])) && !CODE.test(String(node.parent?.['rawName']))) report(node)
      },
      'VAttribute[directive=false]'(given: unknown) {
        const node = given as Node
        const words = (node['value'] as Node | null)?.['value']
        if (SHOWN.test(nameOf(node['key'] as Node)) && isText(String(words ?? '')) && !isNameOfGroup(node)) report(node)
      },
    }
    const services = context.sourceCode.parserServices as {
      defineTemplateBodyVisitor?: (template: Rule.RuleListener, script: Rule.RuleListener) => Rule.RuleListener
    }
    const script = { Literal: look, TemplateLiteral: look }
    return services.defineTemplateBodyVisitor
      ? services.defineTemplateBodyVisitor(
          { ...plain, Literal: lookInTemplate, TemplateLiteral: lookInTemplate },
          script,
        )
      : script
  },
}

/** The plugin `texts` with its one rule, `texts/in-messages`. */
export const textsPlugin = { rules: { 'in-messages': inMessages } }
