import type { TestOverlord } from '../../shared/testing/start-overlord.ts'

/** Sums of Overlord's metrics, by name, whatever their labels. */
export async function readMetrics(overlord: TestOverlord): Promise<(name: string) => number> {
  const ask = () =>
    fetch(`${overlord.url}/metrics`, { headers: { authorization: `Bearer ${overlord.token}`, connection: 'close' } })
  const answer = await ask().catch(ask) // a connection kept alive may be closed just when it is used
  const lines = (await answer.text()).split('\n')
  return (name) =>
    lines
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}
