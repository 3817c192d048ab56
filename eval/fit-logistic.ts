export interface Example {
  features: number[]
  label: 0 | 1
  weight: number
  /** Examples of one group are never on both sides of a split. */
  group: string
}

export interface LogisticModel {
  weights: number[]
  bias: number
}

export const predict = ({ weights, bias }: LogisticModel, features: number[]) =>
  1 / (1 + Math.exp(-(bias + weights.reduce((sum, weight, index) => sum + weight * features[index]!, 0))))

/** L2-regularised logistic regression by gradient descent; the few features are all between 0 and 1. */
export function fitLogistic(examples: Example[], { l2 = 0.002, steps = 6_000, rate = 2 } = {}): LogisticModel {
  const count = examples[0]!.features.length
  const model: LogisticModel = { weights: Array.from({ length: count }, () => 0), bias: 0 }
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  for (let step = 0; step < steps; step++) {
    const gradient = Array.from({ length: count }, (_, index) => l2 * model.weights[index]!)
    let biasGradient = 0
    for (const { features, label, weight } of examples) {
      const error = ((predict(model, features) - label) * weight) / total
      biasGradient += error
      for (let index = 0; index < count; index++) gradient[index]! += error * features[index]!
    }
    for (let index = 0; index < count; index++) model.weights[index]! -= rate * gradient[index]!
    model.bias -= rate * biasGradient
  }
  return model
}

/** Out-of-fold predictions, in the order of the examples. */
export function crossValidate(examples: Example[], folds: number): number[] {
  const groups = [...new Set(examples.map(({ group }) => group))]
  const foldOf = new Map(groups.map((group, index) => [group, index % folds]))
  const predictions: number[] = []
  for (let fold = 0; fold < folds; fold++) {
    const model = fitLogistic(
      examples.filter(({ group }) => foldOf.get(group) !== fold),
      { steps: 2_000 },
    )
    for (const [index, example] of examples.entries()) if (foldOf.get(example.group) === fold) predictions[index] = predict(model, example.features)
  }
  return predictions
}

/** The chance that a positive example scores above a negative one. */
export function auroc(positive: number[], negative: number[]): number {
  let wins = 0
  for (const a of positive) for (const b of negative) wins += a > b ? 1 : a === b ? 0.5 : 0
  return wins / (positive.length * negative.length)
}
