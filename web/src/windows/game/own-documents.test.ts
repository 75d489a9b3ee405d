import { expect, it } from 'vitest'
import { documentHashes as ofPage } from '../../generated/document-hashes.ts'
import { byHash } from '../../graph/persisted.ts'
import { documentHashes } from './document-hashes.gen.ts'
import './own-documents.ts'
import { GameWindowSayDocument } from './say.mutation.gen.ts'

it('[DOC1] documents of the game are sent by hashes that are loaded with its window, and not with the page', () => {
  expect(byHash(GameWindowSayDocument)?.persistedQuery.sha256Hash).toBe(documentHashes['GameWindowSay'])
  expect(Object.keys(ofPage).filter((name) => name.startsWith('GameWindow'))).toEqual([])
})
