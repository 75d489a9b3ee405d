// Compresses static files once, when they are built: the server picks the one that a browser accepts.
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Pictures and fonts are compressed already. */
const TEXTS = /\.(css|html|js|json|map|mjs|svg|ttf|txt|wasm|webmanifest|xml)$/
const MIN_BYTES = 1024
const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

/** Writes `file.br` and `file.gz` beside every text of a folder where that is smaller, and removes those left over. */
export async function precompress(folder) {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile())
  for (const file of files.filter((name) => /\.(br|gz)$/.test(name))) fs.rmSync(file)
  await Promise.all(files.filter((file) => TEXTS.test(file)).map(compressFile))
}

async function compressFile(file) {
  const text = fs.readFileSync(file)
  if (text.length < MIN_BYTES) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
  const [br, gz] = await Promise.all([brotli(text, { params }), deflate(text, { level: 9 })])
  if (br.length < text.length) fs.writeFileSync(`${file}.br`, br)
  if (gz.length < text.length) fs.writeFileSync(`${file}.gz`, gz)
}
