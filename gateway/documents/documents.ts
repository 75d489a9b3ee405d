import { createHash } from 'node:crypto'
import { parse, type DocumentNode } from 'graphql'
import { isAtLeast, type Role, type Viewer } from '../../shared/auth/viewer.ts'
import { fault } from '../../shared/errors.ts'
import { RegisteredDocuments } from './registered.ts'

/** The documents of our own clients by the SHA-256 of their text, as `npm run codegen` lists them. */
export type Manifest = Readonly<Record<string, string>>

/** From which role up documents are taken that are not in the manifest. */
export type FreeFor = Role | 'nobody'

/** The part of a request that says which document is meant. */
interface Asked {
  query?: string | null | undefined
  extensions?: Record<string, unknown> | null | undefined
}

const HASH = /^[0-9a-f]{64}$/

/**
 * What may be asked of the graph, and what is known of it beforehand: documents of ours are parsed once, and for
 * good.
 */
export class Documents {
  readonly #texts: ReadonlyMap<string, string>
  readonly #parsed = new Map<string, DocumentNode | null>()
  readonly #freeFor: FreeFor
  readonly #registered = new RegisteredDocuments()

  constructor(manifest: Manifest, freeFor: FreeFor) {
    this.#texts = new Map(Object.entries(manifest))
    for (const text of this.#texts.values()) this.#parsed.set(text, null)
    this.#freeFor = freeFor
  }

  /**
   * The text of the document somebody asks for, by its hash or in full; undefined when neither was sent. A text that
   * comes with its hash is registered, and may be asked for by the hash alone from then on.
   * @throws PERSISTED_QUERY_NOT_FOUND for a hash we do not know, FORBIDDEN for a text that this viewer may not send,
   *   BAD_USER_INPUT for a hash that is none or is another text's
   */
  textOf({ query, extensions }: Asked, viewer: Viewer): string | undefined {
    const hash = hashIn(extensions)
    if (!query) {
      if (hash === null) return undefined
      const known = this.#texts.get(hash) ?? (this.#mayBeFree(viewer) ? this.#registered.get(hash) : undefined)
      if (known === undefined) throw fault('PERSISTED_QUERY_NOT_FOUND')
      return known
    }
    if (hash !== null && hash !== createHash('sha256').update(query).digest('hex'))
      throw fault('BAD_USER_INPUT', '`sha256Hash` is not the hash of the document beside it.')
    if (!this.#parsed.has(query) && !this.#mayBeFree(viewer))
      throw fault('FORBIDDEN', 'Your role is served the documents of our own pages, and no others.')
    if (hash !== null && !this.#parsed.has(query)) this.#registered.add(hash, query, viewer)
    return query
  }

  /** The text of a document as far as it is known, without any check; undefined when it is not. */
  peek({ query, extensions }: Asked): string | undefined {
    if (query) return query
    const { sha256Hash } = (extensions?.['persistedQuery'] ?? {}) as { sha256Hash?: unknown }
    return typeof sha256Hash === 'string'
      ? (this.#texts.get(sha256Hash) ?? this.#registered.get(sha256Hash))
      : undefined
  }

  /** The parsed document of a text of ours, the same each time; null for any other text. */
  parsed(text: string): DocumentNode | null {
    const known = this.#parsed.get(text)
    if (known !== null) return known ?? null
    const document = parse(text, { noLocation: true })
    this.#parsed.set(text, document)
    return document
  }

  #mayBeFree(viewer: Viewer): boolean {
    return viewer.only !== 'share' && this.#freeFor !== 'nobody' && isAtLeast(viewer, this.#freeFor)
  }
}

function hashIn(extensions: Asked['extensions']): string | null {
  const given = extensions?.['persistedQuery']
  if (given === undefined || given === null) return null
  const { version, sha256Hash } = given as { version?: unknown; sha256Hash?: unknown }
  if (version !== 1 || typeof sha256Hash !== 'string' || !HASH.test(sha256Hash))
    throw fault('BAD_USER_INPUT', '`extensions.persistedQuery` is {"version": 1, "sha256Hash": 64 hexadecimal digits}.')
  return sha256Hash
}
