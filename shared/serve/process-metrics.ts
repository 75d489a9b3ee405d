import { statfs } from 'node:fs/promises'
import { Gauge } from 'prom-client'
import { VERSION } from '../version.ts'

new Gauge({
  name: 'overlord_build_info',
  help: 'Always 1; its labels are the versions of Overlord and Node',
  labelNames: ['version', 'node'],
}).set({ version: VERSION, node: process.versions.node }, 1)

const MEGABYTE = 2 ** 20
let watched: { folder: string; minBytes: number } | null = null

new Gauge({
  name: 'overlord_data_dir_free_bytes',
  help: 'Free space on the disk of DATA_DIR, as far as this process may use it',
  async collect() {
    if (!watched) return this.reset()
    const free = await statfs(watched.folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null, // the folder is gone: a value of before would be wrong
    )
    if (free === null) this.remove()
    else this.set(free)
  },
})
new Gauge({
  name: 'overlord_data_dir_min_free_bytes',
  help: 'Free space below which the disk counts as low, as DISK_MIN_MB says',
  collect() {
    this.set(watched?.minBytes ?? 0)
  },
})

/** Measures the free space of the disk of DATA_DIR, from now on. `minMb` is what should be free, in MB. */
export function measureDisk(folder: string, minMb: number): void {
  watched = { folder, minBytes: minMb * MEGABYTE }
}
