/** Value at `at`; writes the gradient into its second argument. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number

export interface MinimiseOptions {
  maximumIterations: number
  /** Stop when a step lowers the value by less than this share of it. */
  tolerance: number
  /** Turns a gradient into a step, in place: an approximation of the inverse Hessian. */
  precondition?: (gradient: Float64Array) => void
  memory?: number
}

/** L-BFGS with backtracking, deterministic. Returns where it ended; `start` is left as it is. */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { maximumIterations, tolerance, precondition, memory = 8 }: MinimiseOptions,
): Float64Array {
  let at = start.slice()
  let gradient = new Float64Array(at.length)
  let value = objective(at, gradient)
  const steps: { step: Float64Array; change: Float64Array; curvature: number }[] = []

  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const direction = descentDirection(gradient, steps, precondition)
    const slope = inner(direction, gradient)
    if (slope > -1e-12) break
    let length = 1
    let next = at
    let nextValue = Infinity
    const nextGradient = new Float64Array(at.length)
    for (let attempt = 0; attempt < 20; attempt++, length /= 2) {
      next = at.map((x, i) => x + length * direction[i]!)
      nextValue = objective(next, nextGradient)
      if (nextValue <= value + 1e-4 * length * slope) break
    }
    if (!(nextValue < value)) break
    const step = next.map((x, i) => x - at[i]!)
    const change = nextGradient.map((g, i) => g - gradient[i]!)
    const curvature = inner(step, change)
    if (curvature > 1e-14) steps.push({ step, change, curvature })
    if (steps.length > memory) steps.shift()
    const improved = value - nextValue
    at = next
    value = nextValue
    gradient = nextGradient
    if (improved < tolerance * Math.abs(value)) break
  }
  return at
}

function descentDirection(
  gradient: Float64Array,
  steps: { step: Float64Array; change: Float64Array; curvature: number }[],
  precondition: ((gradient: Float64Array) => void) | undefined,
): Float64Array {
  const direction = gradient.map((g) => -g)
  const factors: number[] = []
  for (const { step, change, curvature } of steps.toReversed()) {
    const factor = inner(step, direction) / curvature
    factors.unshift(factor)
    addScaled(direction, change, -factor)
  }
  precondition?.(direction)
  const last = steps.at(-1)
  if (last) {
    // The preconditioner knows the shape, the last step the scale.
    const shaped = last.change.slice()
    precondition?.(shaped)
    const scale = last.curvature / inner(last.change, shaped)
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  }
  steps.forEach(({ step, change, curvature }, index) => addScaled(direction, step, factors[index]! - inner(change, direction) / curvature))
  return direction
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!
}
