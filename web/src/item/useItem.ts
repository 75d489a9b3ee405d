import { type MaybeRefOrGetter, toValue } from 'vue'
import { useAsk } from '../graph/useAsk.ts'
import { ItemCardDocument } from './item-card.query.gen.ts'

/** One item whole, asked for when it is looked at; null while nothing is. */
export function useItem(id: MaybeRefOrGetter<string | null>) {
  const asked = useAsk(ItemCardDocument, () => {
    const wanted = toValue(id)
    return wanted === null ? null : { id: wanted }
  })
  /** The answer, while it is about the item asked for: the one before may still be there. */
  const item = () => {
    const found = asked.data.value?.item
    return found && found.id === toValue(id) ? found : null
  }
  return { ...asked, item }
}
