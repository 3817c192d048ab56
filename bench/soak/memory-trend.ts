export interface Sample {
  /** Drafts that had ended when it was taken. */
  drafts: number
  mb: number
}

export interface MemoryTrend {
  /** Middle of the first and of the last tenth of the samples. */
  firstMb: number
  lastMb: number
  /** Theil–Sen slope: the middle of the slopes between pairs, which no single peak of the garbage collector moves. MB for each 1,000 drafts. */
  perThousand: number
}

/** How memory went over the drafts of one life of the process, its first `warmUp` drafts left out. Null with too few samples to tell. */
export function memoryTrend(samples: Sample[], { warmUp }: { warmUp: number }): MemoryTrend | null {
  const start = samples[0]?.drafts ?? 0
  const warm = samples.filter(({ drafts }) => drafts - start >= warmUp)
  if (warm.length < 10) return null
  const tenth = Math.max(1, Math.floor(warm.length / 10))
  const slopes = warm.flatMap((first, index) =>
    warm.slice(index + 1).flatMap((second) => (second.drafts > first.drafts ? ((second.mb - first.mb) / (second.drafts - first.drafts)) * 1000 : [])),
  )
  if (slopes.length === 0) return null
  return {
    firstMb: middle(warm.slice(0, tenth).map(({ mb }) => mb)),
    lastMb: middle(warm.slice(-tenth).map(({ mb }) => mb)),
    perThousand: middle(slopes),
  }
}

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
