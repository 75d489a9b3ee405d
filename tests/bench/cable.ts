import net from 'node:net'

/** A way to a TCP server that can be cut: connections break, and new ones are refused until it is mended. */
export interface Cable extends Disposable {
  port: number
  cut(): void
  mend(): Promise<void>
}

export async function cableTo(port: number): Promise<Cable> {
  const open = new Set<net.Socket>()
  const server = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.setNoDelay(true)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as net.AddressInfo).port
  const cut = () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return { port: own, cut, mend: () => listen(own), [Symbol.dispose]: cut }
}
