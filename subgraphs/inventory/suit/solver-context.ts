export interface SolverContext<P> {
  isCancelled: () => boolean
  publish: (progress: P) => void
}
