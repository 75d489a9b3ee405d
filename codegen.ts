import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { subgraphs } from './rooms.ts'

const scalars = { ID: 'string', DateTime: 'string', Long: 'number', JSON: 'unknown' }

/** By which TypeScript types a subgraph's resolvers pass its objects on, if it says so in a file beside its schema. */
function mappersOf(folder: string): Record<string, string> {
  const file = path.join(folder, 'mappers.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
}

/** A subgraph's resolver types come from its own schema alone: subgraphs never see each other's. */
const resolversOf = ({ folder }: { folder: string }): CodegenConfig['generates'] => ({
  [`${folder}/generated/resolvers.ts`]: {
    schema: [`${folder}/**/schema.graphql`, 'shared/access/directives.graphql'],
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      federation: true,
      contextType: '../context.ts#Context',
      mappers: mappersOf(folder),
      useTypeImports: true,
      enumsAsTypes: true,
      makeResolverTypeCallable: true,
      scalars: { ...scalars, DateTime: 'Date | string', Long: 'number | bigint' },
      importExtension: '',
      emitLegacyCommonJSImports: false,
    },
  },
})

/** The public schema as our own clients read it. Other clients have `gateway/api.graphql`. */
const CLIENT_SCHEMA = 'gateway/generated/client-api.graphql'

const typesOnly = {
  schema: CLIENT_SCHEMA,
  plugins: ['typescript'],
  config: { onlyOperationTypes: true, enumsAsTypes: true, useTypeImports: true, scalars },
}

/** Readers of JSON fields in the agent's rooms know what is in them. */
const agentScalars = { ...scalars, JSON: 'any' }
const agentTypes = { ...typesOnly, config: { ...typesOnly.config, scalars: agentScalars } }

const config: CodegenConfig = {
  overwrite: true,
  generates: {
    ...Object.assign({}, ...subgraphs.map(resolversOf)),
    'gateway/generated/documents.json': {
      schema: CLIENT_SCHEMA,
      documents: ['web/src/**/*.graphql', 'agent/**/*.graphql'],
      plugins: ['./scripts/persisted-documents.js'],
    },
    'agent/graph/generated/document-hashes.ts': {
      schema: CLIENT_SCHEMA,
      documents: ['agent/**/*.graphql'],
      plugins: ['./scripts/persisted-documents.js'],
    },
    'agent/graph/generated/types.ts': agentTypes,
    'agent/': {
      schema: CLIENT_SCHEMA,
      documents: ['agent/**/*.graphql'],
      preset: 'near-operation-file',
      presetConfig: { extension: '.gen.ts', baseTypesPath: 'graph/generated/types.ts' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        scalars: agentScalars,
        emitLegacyCommonJSImports: false,
        importExtension: '.ts',
      },
    },
    'web/src/generated/types.ts': typesOnly,
    'web/src/': {
      schema: CLIENT_SCHEMA,
      documents: ['web/src/**/*.graphql'],
      preset: 'near-operation-file',
      presetConfig: { extension: '.gen.ts', baseTypesPath: 'generated/types.ts' },
      plugins: ['typescript-operations', 'typed-document-node', './scripts/persisted-documents.js'],
      config: { inlineFragmentTypes: 'mask', useTypeImports: true, scalars, emitLegacyCommonJSImports: false },
    },
  },
}
export default config
