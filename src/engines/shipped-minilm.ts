import { fileURLToPath } from 'node:url'

export const shippedModelsDir = fileURLToPath(new URL('../../models/', import.meta.url))

/** The model that the repository brings along. Its files are known, so a damaged one is noticed before it computes anything. */
export const minilm = {
  name: 'Xenova/all-MiniLM-L6-v2',
  dimensions: 384,
  /** What the model was trained with; its tokenizer files say 128 and 512. */
  maximumWordPieces: 256,
  sha256Of: {
    'onnx/model_quantized.onnx': '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
    'tokenizer.json': 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
    'tokenizer_config.json': 'acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b',
    'config.json': '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41',
    'special_tokens_map.json': '303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3',
  } as Record<string, string>,
}
