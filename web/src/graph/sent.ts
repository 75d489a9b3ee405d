import type { DocumentNode } from 'graphql'

/** What the page last sent of one document. */
export interface Sent {
  variables: unknown
  /** When, in milliseconds. */
  at: number
  /** Until its first answer. */
  ms?: number
  /** How often it was sent since the page was opened, and what came back. */
  times: number
  answers: number
  hasFailed?: boolean
}

/** What this page sent, by document: the query inspector shows it. As many entries as the page has documents. */
export const sent = new Map<DocumentNode, Sent>()

export const noteSent = (document: DocumentNode, variables: unknown): void =>
  void sent.set(document, { variables, at: Date.now(), times: (sent.get(document)?.times ?? 0) + 1, answers: 0 })

export function noteAnswer(document: DocumentNode, hasFailed: boolean): void {
  const one = sent.get(document)
  if (!one) return
  one.ms ??= Date.now() - one.at
  one.answers++
  one.hasFailed = hasFailed
}
