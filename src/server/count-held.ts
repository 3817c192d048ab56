/** How many of something each key holds open in this process. */
export function createHeldCounts() {
  const held = new Map<string, number>()
  return {
    /** The function that gives it back, to be called once or more; null when the key holds so many already. */
    take(callerId: string, maximum: number): (() => void) | null {
      const count = held.get(callerId) ?? 0
      if (count >= maximum) return null
      held.set(callerId, count + 1)
      let isGiven = false
      return () => {
        if (isGiven) return
        isGiven = true
        const left = held.get(callerId)! - 1
        if (left === 0) held.delete(callerId)
        else held.set(callerId, left)
      }
    },
  }
}
