/** A line of a model's answer has a few hundred bytes. */
const longestLine = 1024 * 1024

/**
 * The lines of a stream that are JSON; others are left out. ollama-js leaves them out too, but writes them to the console, and they may hold what a
 * customer wrote; and it gathers a line that never ends until there is no memory left, where this fails.
 */
export function jsonLines(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ''
  const passOn = (lines: string[], controller: TransformStreamDefaultController<Uint8Array>) => {
    for (const line of lines) if (isJson(line)) controller.enqueue(encoder.encode(`${line}\n`))
  }
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
        rest = lines.pop() ?? ''
        if (rest.length > longestLine) throw new Error(`a line of the answer is longer than ${longestLine} characters`)
        passOn(lines, controller)
      },
      flush: (controller) => passOn([rest + decoder.decode()], controller),
    }),
  )
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
