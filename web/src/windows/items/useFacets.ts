import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { unmask } from '../../graph/unmask.ts'
import { type Criteria, type FacetName, facetNames, whereOf } from './criteria.ts'
import { type FacetEntryFragment, FacetEntryFragmentDoc } from '../../item/facet-entry.fragment.gen.ts'
import { ItemsFacetsDocument } from './items-facets.query.gen.ts'

export type Facets = Record<FacetName, readonly FacetEntryFragment[]>

/**
 * What the found items are made up of. A facet in which something is chosen is counted as if nothing were, so that a
 * second choice beside the first can be seen.
 */
export function useFacets(criteria: () => Criteria) {
  const facets = shallowRef<Facets>()
  const fault = ref<string>()
  let turn = 0

  async function count(names: readonly FacetName[], without?: FacetName): Promise<Partial<Facets>> {
    const asks = Object.fromEntries(facetNames.map((name) => [name, names.includes(name)])) as Record<
      FacetName,
      boolean
    >
    const { data, error } = await client
      .query(ItemsFacetsDocument, { where: whereOf(criteria(), without), ...asks })
      .toPromise()
    if (!data) throw error
    const received = data.items.facets
    return Object.fromEntries(
      names.map((name) => [name, (received[name] ?? []).map((one) => unmask(FacetEntryFragmentDoc, one))]),
    )
  }
  async function ask() {
    const mine = ++turn
    const chosen = facetNames.filter((name) => criteria().facets[name].length > 0)
    const free = facetNames.filter((name) => !chosen.includes(name))
    try {
      const parts = await Promise.all([
        ...(free.length > 0 ? [count(free)] : []),
        ...chosen.map((name) => count([name], name)),
      ])
      if (mine !== turn) return
      facets.value = Object.assign({}, ...parts) as Facets
      fault.value = undefined
    } catch (cause) {
      if (mine === turn) fault.value = faultText(cause)
    }
  }
  watch(() => JSON.stringify(whereOf(criteria())), ask, { immediate: true })
  onScopeDispose(() => turn++)
  return { facets, fault, ask }
}
