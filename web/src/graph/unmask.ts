import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

type Named = { ' $fragmentName'?: string }

/** A value with a masked fragment: only the component that declared the fragment unmasks it. */
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
