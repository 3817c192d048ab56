import { readdirSync, readFileSync } from 'node:fs'

export interface FalseDraft {
  kind: 'number' | 'date' | 'amount' | 'address' | 'link'
  question: string
  article: string
  /** A reply as an agent wrote it. */
  truth: string
  /** The same with one exact thing in it that no article of the help centre has. */
  falsehood: string
  /** That thing. */
  invented: string
}

const data = new URL('../../data/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, data), 'utf8')

export const helpCenter: { slug: string; title: string; category: string; audience: 'PUBLIC' | 'INTERNAL'; body: string }[] = readdirSync(
  new URL('help-center/', data),
)
  .sort()
  .map((file) => {
    const [, front = '', body = ''] = /^---\n([^]*?)\n---\n([^]*)$/.exec(read(`help-center/${file}`)) ?? []
    const field = (name: string) => new RegExp(`^${name}: *(.*)$`, 'm').exec(front)?.[1] ?? ''
    return {
      slug: file.replace(/\.md$/, ''),
      title: field('title').replace(/^["']|["']$/g, ''),
      category: field('category').replace(/^["']|["']$/g, ''),
      audience: field('audience').toUpperCase() as 'PUBLIC' | 'INTERNAL',
      body,
    }
  })
const everything = helpCenter.map(({ title, body }) => `${title}\n${body}`).join('\n')
const replies = read('corrections.jsonl')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { question: string; correction: string; article: string })

const ones = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const teens = ['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const inWords = (value: number): string => {
  if (value >= 100) return `${ones[Math.floor(value / 100)]} hundred${value % 100 ? ` and ${inWords(value % 100)}` : ''}`
  if (value >= 20) return `${tens[Math.floor(value / 10)]}${value % 10 ? `-${ones[value % 10]}` : ''}`
  return value >= 10 ? teens[value - 10]! : ones[value]!
}
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth']
const months = 'January February March April May June July August September October November December'.split(' ')
const streets = ['Harbour', 'Elm', 'Old Mill', 'Station', 'Kingsway', 'Saint Anne', 'Lakeview']
const names = ['refunds', 'desk', 'ann.lee', 'vip+claims', 'no_reply', 'returns-eu']
const words = ['claim', 'promo', 'verify', 'bonus', 'help-desk', 'account']

/** Ten of each kind. The same for the same seed; what is invented is in no article, in no way to write it. */
export function falseDrafts(seed: number): FalseDraft[] {
  let state = seed * 7_919 + 17
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!
  const unusedNumber = (from: number, to: number): number => {
    for (;;) {
      const value = from + random(to - from)
      const pattern = new RegExp(`(?<![\\d])${value}(?!\\d)|\\b${inWords(value).replaceAll('-', '.')}\\b`, 'i')
      if (!pattern.test(everything)) return value
    }
  }
  const two = (value: number) => String(value).padStart(2, '0')

  const number = () => {
    const value = unusedNumber(11, 990)
    const unit = pick(['days', 'hours', 'business days', 'weeks', 'months', 'points', 'percent', 'miles'])
    return pick([
      () => `${value} ${unit}`,
      () => `${inWords(value)} ${unit}`,
      () => `up to ${value} ${unit}`,
      () => `${value}%`,
      () => `${value}-${value + 1} ${unit}`,
      () => `a ${value}-day period`,
      () => `${value} of our stores`,
      () => `${inWords(value).replaceAll('-', ' ')} ${unit}`,
      () => `${value}h`,
      () => `${String(value).replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!)} ${unit}`,
    ])()
  }
  const date = () => {
    for (;;) {
      const [day, month] = [1 + random(28), random(12)]
      const name = months[month]!
      if (new RegExp(`${name} ${day}\\b|${months[day - 1] ?? 'never'} ${month + 1}\\b`).test(everything)) continue
      const written = pick([
        () => `${name} ${day}`,
        () => `${day}${day === 1 || day === 21 ? 'st' : day === 2 || day === 22 ? 'nd' : day === 3 || day === 23 ? 'rd' : 'th'} of ${name}`,
        () => `${day} ${name} 2031`,
        () => `${name.slice(0, 3)} ${day}, 2031`,
        () => `${two(month + 1)}/${two(day)}`,
        () => `${month + 1}/${day}/2031`,
        () => `2031-${two(month + 1)}-${two(day)}`,
        () => `${two(day)}.${two(month + 1)}.2031`,
        () => `the ${ordinals[day - 1] ?? 'twelfth'} of ${name}`,
        () => `${name} ${day}–${day + 1}`,
        () => `${day}. ${name}`,
      ])()
      if (!/the twelfth/.test(written) || !new RegExp(`${name} 12\\b`).test(everything)) return written
    }
  }
  const amount = () => {
    const value = unusedNumber(11, 990)
    const cents = 11 + random(88)
    return pick([
      () => `$${value}`,
      () => `€${value}.${cents}`,
      () => `${value},${cents} EUR`,
      () => `${value} dollars`,
      () => `${inWords(value)} dollars`,
      () => `USD ${value}`,
      () => `${value} €`,
      () => `$${value}k`,
      () => `£${value},000`,
      () => `US$${value}.${cents}`,
      () => `EUR${value}`,
    ])()
  }
  const digits = (count: number) => Array.from({ length: count }, () => 1 + random(9)).join('')
  const address = () =>
    pick([
      () => `${pick(names)}${random(90)}@northwind.example`,
      () => `${pick(names)}@northwind-${pick(words)}.example`,
      () => `${pick(names)}${random(90)} (at) northwind (dot) example`,
      () => `+1 800 ${digits(3)} ${digits(4)}`,
      () => `(0${digits(2)}) ${digits(4)} ${digits(4)}`,
      () => `1-8${digits(2)}-${digits(3)}-${digits(4)}`,
      () => `0800 ${digits(3)} ${digits(4)}`,
      () => `+44 20 ${digits(4)} ${digits(4)}`,
      () => `${unusedNumber(11, 990)} ${pick(streets)} ${pick(['Street', 'Road', 'Avenue', 'Lane'])}, Portland`,
      () => `P.O. Box ${digits(5)}`,
      () => `Hauptstraße ${unusedNumber(11, 990)}, ${digits(5)} Berlin`,
    ])()
  const link = () => {
    const id = `${pick(words)}-${digits(3)}`
    return pick([
      () => `https://northwind.example/${id}`,
      () => `http://${id}.example/x?id=1`,
      () => `www.${id}.example/path`,
      () => `${id}.com`,
      () => `northwind-${id}.shop`,
      () => `northwind.example/${id}`,
      () => `[this page](https://${id}.example/a)`,
      () => `![photo](https://${id}.example/p.png?d=1)`,
      () => `HTTPS://NORTHWIND.EXAMPLE.${id.toUpperCase()}.IO/`,
      () => `https://northwind.example@${id}.ru/login`,
      () => `bit.ly/${digits(6)}`,
      () => `${id}.xyz`,
    ])()
  }

  const kinds = { number, date, amount, address, link }
  /** Where a reply has something of the kind that can be changed. */
  const places: Record<FalseDraft['kind'], RegExp> = {
    number: /\b\d+(?:-\d+)? (?:business )?(?:days|hours|weeks|months|points)\b|\b\d+%/g,
    date: /\b(?:January|November|December|October) \d+\b/g,
    amount: /\$\d+(?:\.\d+)?/g,
    address: /[\w.]+@northwind\.example|\+1 800 555 0142/g,
    link: /https:\/\/northwind\.example\/[\w/-]+/g,
  }
  const sentences: Record<FalseDraft['kind'], (invented: string) => string> = {
    number: (invented) => pick([`It takes ${invented}.`, `Please allow for ${invented}, in most cases.`, `Does ${invented} work for you?`]),
    date: (invented) => pick([`It is valid until ${invented}.`, `We will write to you by ${invented}!`, `Thank you, and see you on ${invented}.`]),
    amount: (invented) => pick([`The fee is ${invented}.`, `We can offer you ${invented} for the trouble.`, `Would ${invented} be all right?`]),
    address: (invented) =>
      pick([`You can reach us at ${invented}.`, `Please send it to ${invented} and we take it from there.`, `Contact: ${invented}`]),
    link: (invented) => pick([`Please open ${invented} first.`, `You find it here: ${invented}`, `Have you seen ${invented}?`]),
  }
  return (Object.keys(kinds) as FalseDraft['kind'][]).flatMap((kind) =>
    Array.from({ length: 10 }, () => {
      const { question, article, correction } = pick(replies)
      const invented = kinds[kind]()
      const found = [...correction.matchAll(places[kind])]
      const place = found.length > 0 && random(10) < 7 ? pick(found) : null
      const end = correction.lastIndexOf('\n\n')
      const falsehood = place
        ? correction.slice(0, place.index) + invented + correction.slice(place.index + place[0].length)
        : `${correction.slice(0, end)} ${sentences[kind](invented)}${correction.slice(end)}`
      return { kind, question, article, truth: correction, falsehood, invented }
    }),
  )
}
