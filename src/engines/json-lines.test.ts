import { describe, expect, it } from 'vitest'
import { jsonLines } from './json-lines.ts'

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })
const textOf = (...chunks: string[]) => new Response(jsonLines(streamOf(...chunks))).text()

describe('jsonLines', () => {
  it('passes on what is JSON, however it is cut, and leaves out the rest', async () => {
    expect(await textOf('{"a":', '1}\n{"b"', ':"ü"}\nno JSON\n\n{"c":3}')).toBe('{"a":1}\n{"b":"ü"}\n{"c":3}\n')
    expect(await textOf('no JSON')).toBe('')
  })

  it('fails at a line that does not end', async () => {
    await expect(textOf(...Array.from({ length: 3 }, () => 'x'.repeat(500_000)))).rejects.toThrow('longer than')
  })
})
