// Plugins that share with all others: what it costs as they become more.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { startOverlord } from '../../shared/testing/start-overlord.ts'
import type { Figure } from './figure.ts'
import type { Sharing } from './load/sharing.ts'
import { readMetrics } from './metrics.ts'

const SECONDS = 15
/** Of a character, in a second. */
const SHARES = 0.1
const AMOUNTS = [500, 1_000, 2_000]

/** The figures of so many characters. */
async function share(characters: number): Promise<Figure> {
  await using overlord = await startOverlord()
  const script = path.join(import.meta.dirname, 'load', 'sharing.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const perSecond = characters * SHARES
  const load: Sharing = { url: overlord.pluginUrl, secret: overlord.secret, characters, perSecond }
  child.stdin.end(JSON.stringify(load))
  try {
    let cpu = 0
    let begun = 0
    let copies = 0
    let seconds = -2 // the first two are not measured
    for await (const line of createInterface({ input: child.stdout })) {
      if (seconds >= 0) copies += (JSON.parse(line) as { copies: number }).copies
      seconds++
      const used = () => readMetrics(overlord).then((figure) => figure('process_cpu_seconds_total'))
      if (seconds === 0) [cpu, begun] = [await used(), performance.now()]
      if (seconds < SECONDS) continue
      cpu = (await used()) - cpu
      break
    }
    return {
      bench: 'sharing',
      name: `${characters} characters share, ${perSecond} shares a second`,
      unit: '% of a core',
      better: 'less',
      ours: (100 * cpu) / ((performance.now() - begun) / 1_000),
      control: null,
      against: null,
      ...(characters === 2_000 && { asked: 100 }),
      beside: { 'copies/s': copies / SECONDS, 'copies/s expected': perSecond * (characters - 1) },
    }
  } finally {
    child.kill('SIGKILL')
  }
}

/** More and more characters that share steadily in one process. */
export async function benchSharing(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const characters of AMOUNTS) figures.push(await share(characters))
  return figures
}
