/** Little-endian float32, whatever the machine: bytes that were written on one are read on another. */
export function bytesFromFloats(floats: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(floats.length * 4)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < floats.length; index++) view.setFloat32(index * 4, floats[index]!, true)
  return bytes
}

export function floatsFromBytes(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => view.getFloat32(index * 4, true))
}
