// Who holds what, as the frames sent so far say.
import type { ItemRecord } from '../plugin/item-record.ts'

/** An item, merged from all reports of it. */
export interface TrueItem {
  server: string | null
  /** The game's id, unsigned. */
  gameId: number
  /** Who holds it; null when it is gone. */
  character: string | null
  record: ItemRecord
}

/** What an inventory frame may carry: builds differ in how much of an item they send. */
export type PartialRecord = Partial<ItemRecord> & { Id: number }

/** The items of all characters. */
export class TrueItems {
  readonly byKey = new Map<string, TrueItem>()
  private readonly keysOf = new Map<string, Set<string>>()

  /** What a character holds now. */
  of(character: string): TrueItem[] {
    return [...(this.keysOf.get(character) ?? [])].map((key) => this.byKey.get(key)!)
  }

  /** The whole of what a character holds: what is not named is gone from it. An empty one changes nothing. */
  full(character: string, server: string | null, records: readonly PartialRecord[]): void {
    if (!records.length) return
    const named = new Set(records.map((record) => keyOf(server, record.Id)))
    for (const item of this.of(character)) {
      const key = keyOf(server, item.gameId)
      if (item.server === server && !named.has(key)) this.give(key, item, null)
    }
    for (const record of records) this.put(character, server, record)
  }

  /** One item came or changed. If another character reports an id, it has changed hands: the newest frame is right. */
  put(character: string, server: string | null, record: PartialRecord): void {
    const key = keyOf(server, record.Id)
    const known = this.byKey.get(key)
    const item: TrueItem = {
      server,
      gameId: record.Id >>> 0,
      character: known?.character ?? null,
      record: merged(known?.record, record),
    }
    this.byKey.set(key, item)
    this.give(key, item, character)
  }

  /** One item left. A report from a character that has already passed it on changes nothing. */
  remove(character: string, server: string | null, id: number): void {
    const key = keyOf(server, id)
    const item = this.byKey.get(key)
    if (item?.character === character) this.give(key, item, null)
  }

  private give(key: string, item: TrueItem, to: string | null): void {
    if (item.character !== null) this.keysOf.get(item.character)?.delete(key)
    item.character = to
    if (to === null) return
    const keys = this.keysOf.get(to)
    if (keys) keys.add(key)
    else this.keysOf.set(to, new Set([key]))
  }
}

const keyOf = (server: string | null, id: number) => `${server ?? ''}:${id >>> 0}`

/** New values win; missing values stay; a frame without appraisal never removes one, a frame with one replaces it. */
function merged(known: ItemRecord | undefined, said: PartialRecord): ItemRecord {
  const bag = <K extends 'BoolValues' | 'DoubleValues' | 'IntValues' | 'StringValues'>(name: K) =>
    (said.HasIdData === true && said[name] ? said[name] : { ...known?.[name], ...said[name] }) as ItemRecord[K]
  const unappraised = known?.HasIdData === true && said.HasIdData !== true
  return {
    Id: said.Id,
    ObjectClass: said.ObjectClass ?? known?.ObjectClass ?? 0,
    HasIdData: unappraised ? true : (said.HasIdData ?? known?.HasIdData ?? false),
    LastIdTime: unappraised ? known.LastIdTime : (said.LastIdTime ?? known?.LastIdTime ?? 0),
    ContainerId: said.ContainerId ?? known?.ContainerId ?? 0,
    Name: said.Name ?? known?.Name ?? '',
    Icon: said.Icon ?? known?.Icon ?? 0,
    BoolValues: bag('BoolValues'),
    DoubleValues: bag('DoubleValues'),
    IntValues: bag('IntValues'),
    StringValues: bag('StringValues'),
    ActiveSpells: unappraised ? known.ActiveSpells : (said.ActiveSpells ?? known?.ActiveSpells ?? []),
    Spells: unappraised ? known.Spells : (said.Spells ?? known?.Spells ?? []),
  }
}
