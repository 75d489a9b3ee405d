// npm run mutate: changes the code of each area in one place at a time, and counts how many such mutants the unit tests
// kill.
//   npm run mutate -- shared/access     one area (or several)
//   npm run mutate -- gateway/sign-in/host.ts   the mutants of one file; the score is printed, not written
//   npm run mutate -- … --survivors     prints each mutant that survived
//   npm run mutate -- … --slow          also those parts whose tests take half a minute for each mutant
//   npm run mutate -- … --one-in=4      only those in one of four of each file's outermost statements
// The score of areas goes to tests/bench/mutation.json. Exits with 1 where an area is below the least score.
import fs from 'node:fs'
import path from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { AREAS } from './areas.js'

process.chdir(path.join(import.meta.dirname, '..', '..'))
const RESULTS = 'tests/bench/mutation.json'
const LEAST_SCORE = 80
const KILLED = ['Killed', 'Timeout']
const SURVIVED = ['Survived', 'NoCoverage']
const showsSurvivors = process.argv.includes('--survivors')
const oneIn = Number(process.argv.find((argument) => argument.startsWith('--one-in='))?.slice(9) ?? 1)
process.env.MUTATION_ONE_IN = String(oneIn)
const takesSlow = process.argv.includes('--slow')
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

/** What to run: whole areas, or single files of one. */
function chosenRuns() {
  if (asked.length === 0) return AREAS.map((area) => ({ ...area, name: area.folder, isWhole: true }))
  return asked.map((argument) => {
    const name = argument.replace(/\/$/, '')
    const area = AREAS.find(({ folder }) => name === folder || name.startsWith(`${folder}/`))
    if (!area) throw new Error(`No area ${name}. There are: ${AREAS.map(({ folder }) => folder).join(', ')}`)
    if (name === area.folder) return { ...area, name, isWhole: true }
    const only = name.endsWith('.ts') ? name : `${name}/**/*.ts`
    return { ...area, parts: area.parts.map((part) => ({ ...part, only })), name, isWhole: false }
  })
}

const OTHERS = ['!**/*.test.ts', '!**/testing/**', '!**/generated/**']

/** All mutants of a part, with what became of each. */
async function run({ files, only, tests, database }) {
  const mutate = filesOf([...files, ...OTHERS], only)
  if (mutate.length === 0) return []
  process.env.MUTATION_TESTS = JSON.stringify(tests)
  if (database) process.env.MUTATION_DATABASE = '1'
  else delete process.env.MUTATION_DATABASE
  const stryker = new Stryker({
    mutate,
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    plugins: ['@stryker-mutator/vitest-runner', path.resolve('scripts/mutation/ignored.js')],
    ignorers: ['texts', 'sample'],
    concurrency: 1,
    timeoutMS: 20_000,
    reporters: ['progress-append-only'],
    tempDirName: 'data/mutation',
    ignorePatterns: ['data', 'dist', 'docs'],
  })
  return stryker.runMutationTest()
}

/** Files that match some pattern and none that begins with `!`; of those that match `only`, if it is given. */
function filesOf(patterns, only = '**') {
  const matches = (file) => (pattern) => path.matchesGlob(file, pattern)
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'))
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  const roots = new Set(wanted.map((pattern) => pattern.split('/', 2).join('/')))
  return [...roots]
    .flatMap((root) => fs.readdirSync(root, { recursive: true }).map((file) => `${root}/${file}`))
    .filter((file) => wanted.some(matches(file)) && !unwanted.some(matches(file)) && path.matchesGlob(file, only))
}

const countOf = (results, statuses) => results.filter(({ status }) => statuses.includes(status)).length

/** Names in the list that no file has: a renamed file would not be mutated, or a test not run, without a word. */
function missingIn({ parts }) {
  const patterns = parts.flatMap(({ files, tests }) => [...files, ...tests])
  return patterns.filter(
    (pattern) => !pattern.startsWith('!') && filesOf([pattern.replaceAll(/!\(\w[\w-]*\)/g, '*')]).length === 0,
  )
}
const missing = AREAS.flatMap(missingIn)
if (missing.length) throw new Error(`scripts/mutation/areas.js names files that do not exist: ${missing.join(', ')}`)

/**
 * Mutants that do not compile, and ignored ones, count for nothing. Those that ran out of time are among the killed.
 */
function scoreOf(results) {
  const [killed, survived] = [countOf(results, KILLED), countOf(results, SURVIVED)]
  const mutants = killed + survived
  const score = mutants === 0 ? 100 : Math.round((killed / mutants) * 1000) / 10
  return {
    mutants,
    killed,
    timedOut: countOf(results, ['Timeout']),
    survived,
    ignored: countOf(results, ['Ignored']),
    score,
  }
}

function printSurvivors(results) {
  for (const { status, fileName, location, mutatorName, replacement } of results) {
    if (!SURVIVED.includes(status)) continue
    const { start, end } = location
    const file = path.relative(process.cwd(), fileName)
    const lines = fs
      .readFileSync(fileName, 'utf8')
      .split('\n')
      .slice(start.line - 1, end.line)
    const last = lines.length - 1
    lines[last] = lines[last].slice(0, end.column - 1)
    const text = lines.join('\n').slice(start.column - 1)
    const short = (code) => code.replace(/\s+/g, ' ').slice(0, 110)
    const sign = status === 'NoCoverage' ? '∅' : '·'
    console.log(`${sign} ${file}:${start.line} ${mutatorName}: ${short(text)} → ${short(replacement)}`)
  }
}

function printFiles(results) {
  for (const file of new Set(results.map(({ fileName }) => fileName))) {
    const { mutants, killed, score } = scoreOf(results.filter(({ fileName }) => fileName === file))
    if (mutants > 0) console.log(`  ${path.relative(process.cwd(), file)}: ${killed} of ${mutants} (${score} %)`)
  }
}

/** Puts an area's score in the place of the one it had. */
function writeScore(score) {
  const known = fs.existsSync(RESULTS) ? JSON.parse(fs.readFileSync(RESULTS, 'utf8')).areas : []
  const all = [...known.filter(({ folder }) => folder !== score.folder), score]
  const areas = AREAS.flatMap(({ folder }) => all.find((area) => area.folder === folder) ?? [])
  fs.writeFileSync(RESULTS, `${JSON.stringify({ leastScore: LEAST_SCORE, areas }, null, 2)}\n`)
}

let isBelow = false
for (const { folder, parts, name, isWhole } of chosenRuns()) {
  const begun = Date.now()
  const results = []
  const ran = parts.filter(({ slow }) => !slow || takesSlow)
  for (const part of ran) results.push(...(await run(part)))
  const score = scoreOf(results)
  if (showsSurvivors) printSurvivors(results)
  printFiles(results)
  const seconds = ((Date.now() - begun) / 1000).toFixed(0)
  console.log(`${name}: ${score.killed} of ${score.mutants} (${score.score} %), ${seconds} s`)
  if (isWhole) {
    const sample = oneIn === 1 ? 'all' : `1 in ${oneIn} statements`
    const left = parts.flatMap((part) => (ran.includes(part) ? [] : part.files))
    writeScore({ folder, sample, ...(left.length ? { left } : {}), ...score })
  }
  isBelow ||= score.score < LEAST_SCORE
}
process.exitCode = isBelow ? 1 : 0
