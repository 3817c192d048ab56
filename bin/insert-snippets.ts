/** Between `<!-- snippet FILE REGION -->` and `<!-- /snippet -->`: the region of the file, or the whole file when none is named. */
const place = /(<!-- snippet (\S+)(?: (\S+))? -->\n)[^]*?(<!-- \/snippet -->)/g

export function insertSnippets(markdown: string, read: (file: string) => string): string {
  return markdown.replace(place, (_all, start: string, file: string, region: string | undefined, end: string) => {
    const text = region ? regionOf(read(file), file, region) : read(file).trimEnd()
    return `${start}\`\`\`${file.slice(file.lastIndexOf('.') + 1)}\n${text}\n\`\`\`\n${end}`
  })
}

function regionOf(text: string, file: string, region: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => /^\s*(\/\/|#) #region /.test(line) && line.trim().endsWith(` ${region}`))
  const last = lines.findIndex((line, index) => index > first && /^\s*(\/\/|#) #endregion$/.test(line))
  if (first === -1 || last === -1) throw new Error(`${file} has no region ${region}. Mark it by "// #region ${region}" and "// #endregion".`)
  const within = lines.slice(first + 1, last)
  const indent = Math.min(...within.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return within.map((line) => line.slice(indent)).join('\n')
}
