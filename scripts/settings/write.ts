// Writes the table of settings in README.md, and .env.example. `--check` only compares.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { allSettings } from './collect.ts'
import { envExample, readmeWith } from './documents.ts'

async function main(root: string, check: boolean): Promise<void> {
  const read = (file: string) => readFile(path.join(root, file), 'utf8')
  const settings = await allSettings()
  const readme = await read('README.md')
  const files = {
    'README.md': [readme, readmeWith(readme, settings)],
    '.env.example': [
      await read('.env.example').catch(() => ''),
      envExample(await read('docker-compose.yml'), settings),
    ],
  }
  for (const [file, [now, wanted]] of Object.entries(files)) {
    if (now === wanted) continue
    if (check)
      throw new Error(`${file} does not have the settings as they are declared. Run npm run codegen and commit it.`)
    await writeFile(path.join(root, file), wanted!)
  }
}

await main(process.cwd(), process.argv.includes('--check'))
