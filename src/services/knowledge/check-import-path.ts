import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import { checkText } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

const pathLength = 500

export const isRelativePath = (path: string) => !/^[/\\]|^[a-z]:|\\|(^|\/)\.\.?(\/|$)|\/\/|\/$|[\n\r\t]/i.test(path)

/** Throws an InvalidInputError for a path that leads elsewhere, and for one that was there before. */
export function createPathCheck(): (path: string) => void {
  const seen = new Set<string>()
  return (path) => {
    checkText('path', path, { maximum: pathLength })
    const shown = JSON.stringify(path.slice(0, 80))
    if (!isRelativePath(path))
      throw new InvalidInputError(`path ${shown} must be relative, with forward slashes and without "." and "..", such as shipping/free-shipping.md.`)
    if (stripInvisible(path) !== path) throw new InvalidInputError(`path ${shown} contains invisible characters. Rename the file.`)
    if (seen.has(path)) throw new InvalidInputError(`path ${shown} is there twice. Send each file once.`)
    seen.add(path)
  }
}
