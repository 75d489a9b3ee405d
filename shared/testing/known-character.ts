import type { TestPlugin } from './plugin.ts'
import { until } from './until.ts'

interface Instance {
  plugin(character: string): Promise<TestPlugin>
  graph<T>(query: string, variables: Record<string, unknown>, options: { mayFail: true }): Promise<{ data: T }>
}

/** Sends the first frame of a character, and waits until the graph knows it: streams refuse names that it does not. */
export async function knownCharacter({ plugin, graph }: Instance, name: string): Promise<void> {
  await using socket = await plugin(name)
  const timestamp = new Date().toISOString()
  socket.send({ type: 'vitals', timestamp, character_name: name, health_current: 1, health_max: 1 })
  await until(`${name} is known`, async () => {
    const query = 'query ($name: String!) { character(name: $name) { name } }'
    const { data } = await graph<{ character: object | null }>(query, { name }, { mayFail: true })
    return data.character !== null
  })
}
