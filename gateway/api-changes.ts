// Reports changes of the public graph against the API in git. `npm run api-changes [REF]`; also run by the check.
// Breaking changes fail, but of what REF already marked as deprecated.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  getNamedType,
  isEnumType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql'

const FILE = 'gateway/api.graphql'

export interface ApiChanges {
  /** What clients of the old API may break of. */
  breaking: string[]
  /** Breaking, but announced: the old API marked it as deprecated. */
  announced: string[]
  /** What clients that were written carelessly may break of. */
  dangerous: string[]
}

/** Compares two public schemas, as text. */
export function apiChanges(before: string, after: string): ApiChanges {
  const old = buildSchema(before)
  const now = buildSchema(after)
  const all = findBreakingChanges(old, now).map(({ description }) => description)
  return {
    breaking: all.filter((change) => !isAnnounced(old, change)),
    announced: all.filter((change) => isAnnounced(old, change)),
    dangerous: findDangerousChanges(old, now).map(({ description }) => description),
  }
}

/** Whether what a change speaks of was deprecated in the old API. */
function isAnnounced(old: GraphQLSchema, change: string): boolean {
  const [, value, enumeration] = /^(\w+) was removed from enum type (\w+)/.exec(change) ?? []
  if (enumeration !== undefined) {
    const type = old.getType(enumeration)
    return isEnumType(type) && type.getValue(value!)?.deprecationReason !== undefined
  }
  const [, typeName, fieldName, argument] = /^(\w+)\.(\w+)(?: arg (\w+))?/.exec(change) ?? []
  if (typeName !== undefined) {
    const type = old.getType(typeName)
    const field = isObjectType(type) ? type.getFields()[fieldName!] : undefined
    const arg = field?.args.find(({ name }) => name === argument)
    return field?.deprecationReason !== undefined || arg?.deprecationReason !== undefined
  }
  const [, removed] = /^(\w+) was removed\./.exec(change) ?? []
  return removed !== undefined && isDeprecatedEverywhere(old, removed)
}

/** A type goes with the last field that gives it. */
function isDeprecatedEverywhere(old: GraphQLSchema, name: string): boolean {
  const fields = Object.values(old.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter((field) => getNamedType(field.type).name === name)
  return fields.length > 0 && fields.every((field) => field.deprecationReason !== undefined)
}

const git = (...args: string[]) => {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  return status === 0 ? stdout : null
}

/** Where this branch left the main one; on the main one, the commit before. */
function baseOf(): string | null {
  const head = git('rev-parse', 'HEAD')?.trim()
  for (const main of ['origin/main', 'main']) {
    const base = git('merge-base', 'HEAD', main)?.trim()
    if (base && base !== head) return base
  }
  return git('rev-parse', 'HEAD~1')?.trim() ?? null
}

function main(ref: string | undefined): void {
  const base = ref ?? baseOf()
  const before = base === null ? null : git('show', `${base}:${FILE}`)
  if (before === null) {
    if (ref !== undefined) throw new Error(`git holds no ${FILE} at ${ref}.`)
    return console.log('There is nothing in git to compare the API with.')
  }
  const { breaking, announced, dangerous } = apiChanges(before, readFileSync(FILE, 'utf8'))
  for (const [kind, changes] of Object.entries({ breaking, announced, dangerous }))
    for (const change of changes) console.log(`${kind}: ${change}`)
  console.log(`${breaking.length} breaking changes of the API since ${base!.slice(0, 12)}.`)
  if (breaking.length) {
    console.error('Mark what is to go with @deprecated first, and let it go with a later change.')
    process.exitCode = 1
  }
}

if (process.argv[1]?.endsWith('api-changes.ts')) main(process.argv[2])
