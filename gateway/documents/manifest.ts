import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from './documents.ts'

/** The manifest of this build. @param root of the repository, or of `dist` */
export const readManifest = (root: string): Manifest =>
  JSON.parse(readFileSync(path.join(root, 'gateway', 'generated', 'documents.json'), 'utf8')) as Manifest
