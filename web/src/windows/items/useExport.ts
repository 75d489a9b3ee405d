import { onScopeDispose, ref } from 'vue'
import type { ItemOrder, ItemWhere } from '../../generated/types.ts'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { unmask } from '../../graph/unmask.ts'
import { ItemFactsFragmentDoc } from '../../item/item-facts.fragment.gen.ts'
import { csvLine } from './csv.ts'
import { exportColumns } from './export-columns.ts'
import { type ItemsExportQuery, ItemsExportDocument } from './items-export.query.gen.ts'
import { texts } from './messages.ts'

export type ExportFormat = 'csv' | 'json'
/** What a page may cost at the gateway allows a little more. */
const PAGE = 500
type Node = ItemsExportQuery['items']['nodes'][number]

const opened = (node: Node) => ({ ...unmask(ItemFactsFragmentDoc, node), equipped: node.equipped })
const csvOf = (node: Node) => csvLine(exportColumns.map(([, of]) => of(opened(node))))

/** Brings all items of a search into one file, page by page; it can be called off. Names them a file to download. */
export function useExport() {
  /** Null while nothing is under way. */
  const progress = ref<{ done: number; of: number } | null>(null)
  const fault = ref<string>()
  let turn = 0

  async function run(format: ExportFormat, asked: { where: ItemWhere; orderBy: ItemOrder }) {
    const mine = ++turn
    fault.value = undefined
    progress.value = { done: 0, of: 0 }
    // Text is handed to the browser page by page: a hundred thousand items never stand in one string.
    const parts: string[] = [format === 'csv' ? csvLine(exportColumns.map(([name]) => name)) : '[']
    let after: string | null = null
    let done = 0
    try {
      do {
        const answer = await client.query(ItemsExportDocument, { ...asked, first: PAGE, after }).toPromise()
        if (mine !== turn) return
        if (!answer.data || answer.error) throw answer.error
        const page: ItemsExportQuery['items'] = answer.data.items
        const { nodes, pageInfo, totalCount } = page
        const lines = nodes.map((node, i) =>
          format === 'csv' ? csvOf(node) : `${done + i > 0 ? ',\n' : '\n'}${JSON.stringify(opened(node))}`,
        )
        parts.push(lines.join(''))
        done += nodes.length
        progress.value = { done, of: Math.max(done, totalCount) }
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after)
      if (format === 'json') parts.push('\n]\n')
      save(
        new Blob(parts, { type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' }),
        `items.${format}`,
      )
    } catch (cause) {
      if (mine === turn) fault.value = texts.theExportWasNotFinished(faultText(cause))
    } finally {
      if (mine === turn) progress.value = null
    }
  }
  function cancel() {
    turn++
    progress.value = null
  }
  onScopeDispose(cancel)
  return { progress, fault, run, cancel }
}

function save(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
