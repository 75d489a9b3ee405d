// Lets the page send this window's documents by their hashes, which are not part of the page itself.
import { knowDocuments } from '../../graph/persisted.ts'
import { documentHashes } from './document-hashes.gen.ts'

knowDocuments(documentHashes)
