/** The plugin's own properties of an item, by the game's keys, as they were sent. */
export function rawFacts(item: {
  intValues: unknown
  doubleValues: unknown
  boolValues: unknown
  stringValues: unknown
}): (readonly [bag: string, key: string, value: string])[] {
  const bags = { int: item.intValues, double: item.doubleValues, bool: item.boolValues, text: item.stringValues }
  return Object.entries(bags).flatMap(([bag, sent]) =>
    typeof sent === 'object' && sent !== null
      ? Object.entries(sent).map(([key, value]) => [bag, key, String(value)] as const)
      : [],
  )
}
