import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

type Named = { ' $fragmentName'?: string }

/** A value that carries a fragment closed: only whoever declared the fragment opens it. */
export type Masked<Fragment extends Named> = {
  ' $fragmentRefs'?: { [Name in NonNullable<Fragment[' $fragmentName']>]: Fragment }
}

/** Opens a masked fragment; the document only proves that the caller may. */
export function unmask<Fragment extends Named>(
  _document: TypedDocumentNode<Fragment, unknown>,
  masked: Masked<Fragment>,
): Fragment {
  return masked as unknown as Fragment
}
