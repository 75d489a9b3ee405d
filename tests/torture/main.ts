// npm run torture [-- seconds [seed]]: kills, stops and starves everything in random rounds under load, then counts.
import { torture } from './torture.ts'

const seconds = Number(process.argv[2] ?? 1_200)
const seed = Number(process.argv[3] ?? Date.now() % 100_000)
console.log(`${seconds} s, seed ${seed}`)
const report = await torture({ seconds, seed, say: (line) => console.log(line) }).catch((e) => {
  console.error(e.message)
  process.exit(1)
})
console.log(JSON.stringify(report, null, 2))
const { lost, doubled, disordered, setAside } = report
if (lost + doubled + disordered + setAside > 0) {
  console.error('Something was lost, doubled, disordered or set aside.')
  process.exitCode = 1
} else console.log(`Nothing lost, nothing doubled: ${report.acknowledged} acknowledged, ${report.stored} stored.`)
