import { Deparser } from 'pgsql-deparser'
import type { Body } from './tree.ts'

type Indirection = Parameters<Deparser['A_Indirection']>

/** Of the library's own, with brackets that it leaves out: `(array[1, 2])[1]` is not the same without them. */
class Writer extends Deparser {
  override A_Indirection(...[{ arg, indirection = [] }, context]: Indirection): string {
    const indices = indirection.map((index) => this.visit(index, context)).join('')
    return `(${this.visit(arg!, context)})${indices}`
  }
}

/** A SELECT as text. */
export const written = (select: Body): string => new Writer({ SelectStmt: select }).deparseQuery()
