export interface SolverContext<P> {
  isCancelled: () => boolean
  tell: (progress: P) => void
}
