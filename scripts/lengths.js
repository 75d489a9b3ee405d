// No source file over 300 lines, no test over 600: past that a reader gets lost.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

const files = execFileSync('git', ['ls-files', '*.ts', '*.vue', '*.js', '*.css'], { encoding: 'utf8' })
  .split('\n')
  .filter(Boolean)
const long = files
  .filter((file) => fs.existsSync(file))
  .map((file) => ({ file, lines: fs.readFileSync(file, 'utf8').split('\n').length - 1 }))
  .filter(({ file, lines }) => lines > (/\.(test|e2e)\.ts$/.test(file) ? 600 : 300))
for (const { file, lines } of long) console.error(`${file} has ${lines} lines`)
process.exitCode = long.length ? 1 : 0
