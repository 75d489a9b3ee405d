import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = { ID: 'string', DateTime: 'string', BigInt: 'number', JSON: 'unknown' }

const events = '../../../shared/contract/topics.ts'
const watch = '../../../shared/contract/watch.ts'

/** A subgraph's resolver types come from its own schema alone: subgraphs never see each other's. */
const subgraph = (name: string, mappers: Record<string, string> = {}): CodegenConfig['generates'] => ({
  [`subgraphs/${name}/generated/resolvers.ts`]: {
    schema: `subgraphs/${name}/**/schema.graphql`,
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      federation: true,
      contextType: '../context.ts#Context',
      mappers,
      useTypeImports: true,
      enumsAsTypes: true,
      makeResolverTypeCallable: true,
      scalars: { ...scalars, DateTime: 'Date | string', BigInt: 'number | bigint' },
      importExtension: '',
      emitLegacyCommonJSImports: false,
    },
  },
})

const config: CodegenConfig = {
  overwrite: true,
  generates: {
    ...subgraph('telemetry', {
      Character: '../character/store.ts#CharacterRef',
      Telemetry: '../movement/store.ts#TelemetryRow',
      Trail: '../movement/trails.ts#TrailRow',
      TrailPath: '../movement/trails.ts#Way',
      CharacterHistory: '../history/store.ts#HistoryKey',
      TelemetryHistory: '../history/store.ts#HistoryLists',
      VitalsHistory: '../history/store.ts#HistoryLists',
      LeaderboardPlace: '../leaderboard/store.ts#PlaceRow',
      RareStatistics: '../rare/store.ts#RareSelection',
      RareTierCount: '../rare/statistics.ts#TierCount',
      RareNameCount: '../rare/statistics.ts#NameCount',
      RareFinder: '../rare/statistics.ts#Finder',
      QuestMatrix: '../quest/store.ts#Matrix',
      QuestMatrixRow: '../quest/store.ts#MatrixRow',
      Rates: '../history/rates.ts#RatesRow',
      Vitals: `${events}#VitalsEvent`,
      ChatLine: `${events}#ChatEvent`,
      Rare: `${events}#RareEvent`,
      RelayedFrame: `${events}#FrameEvent`,
      IngestStatus: '../ingest/status.ts#IngestTotals',
      GameServer: `${watch}#GameServerEvent`,
      Peer: '../peer/peers.ts#PeerState',
      Alert: `${watch}#AlertEvent`,
      CommandAudit: '../../../shared/contract/commands.ts#CommandAuditEvent',
      CharacterSheet: '../sheet/store.ts#SheetRow',
      Portal: '../portal/store.ts#PortalRow',
      Quest: `${events}#QuestEvent`,
      Equipment: '../equipment/store.ts#EquipmentRow',
      Radar: `${events}#RadarEvent`,
      DungeonMap: '../dungeon/store.ts#DungeonRow',
      PlaySession: '../session/store.ts#SessionRow',
    }),
    ...subgraph('inventory', {
      Character: '../item/store.ts#CharacterRef',
      Inventory: '../item/store.ts#InventoryRow',
      Item: '../item/store.ts#ItemRow',
      InventoryChange: `${events}#InventoryEvent`,
      ItemConnection: '../search/page.ts#ItemPage',
      ItemFacets: '../search/facets.ts#Facets',
      ItemCombat: '../item/store.ts#ItemRow',
      ItemContainer: '../pack/tree.ts#Container',
      ItemStay: '../history/store.ts#StayRow',
      InventoryThen: '../history/store.ts#Then',
      ItemThen: '../history/store.ts#StayRow',
      SuitProgress: '../suit/progress.ts#ProgressReport',
      Suit: '../suit/progress.ts#SuitReport',
      SuitPiece: '../suit/progress.ts#PieceReport',
      SuitAlternative: '../suit/progress.ts#AlternativeReport',
      SuitAsWorn: '../suit/progress.ts#WornReport',
      SuitGain: '../suit/progress.ts#GainReport',
      SuitDemand: '../suit/conflict.ts#Demand',
      JointSuitProgress: '../suit/progress.ts#JointReport',
      JointHandover: '../suit/joint/resolvers.ts#Handover',
    }),
    ...subgraph('combat', {
      Character: '../fight/store.ts#CharacterRef',
      Combat: '../fight/store.ts#CombatRow',
      CombatSession: '../fight/store.ts#SessionRow',
      CombatTotals: '../fight/totals.ts#Totals',
      CombatChange: '../fight/store.ts#SessionRow',
    }),
    ...subgraph('guild', {
      Character: '../character/store.ts#CharacterRef',
      Ownership: '../character/store.ts#OwnershipRow',
      BoardNote: '../board/store.ts#NoteRow',
    }),
    'gateway/generated/documents.json': {
      schema: 'gateway/api.graphql',
      documents: ['web/src/**/*.graphql'],
      plugins: ['./scripts/persisted-documents.js'],
    },
    'web/src/generated/document-hashes.ts': {
      schema: 'gateway/api.graphql',
      documents: ['web/src/**/*.graphql'],
      plugins: ['./scripts/persisted-documents.js'],
    },
    'web/src/generated/types.ts': {
      schema: 'gateway/api.graphql',
      plugins: ['typescript'],
      config: { onlyOperationTypes: true, enumsAsTypes: true, useTypeImports: true, scalars },
    },
    'web/src/': {
      schema: 'gateway/api.graphql',
      documents: ['web/src/**/*.graphql'],
      preset: 'near-operation-file',
      presetConfig: { extension: '.gen.ts', baseTypesPath: 'generated/types.ts' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: { inlineFragmentTypes: 'mask', useTypeImports: true, scalars, emitLegacyCommonJSImports: false },
    },
  },
}
export default config
