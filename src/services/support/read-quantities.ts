import { digitsPattern, plainNumber, wordsPattern } from '../../lib/text/written-numbers.ts'
import { factsOf, type ReadFacts, spacedLetters } from './fact.ts'

const number = String.raw`(${digitsPattern}|(?:${wordsPattern})(?!\p{L}))`
const currencyCodes = 'USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|BRL|MXN'
const symbol = String.raw`(US\$|CA?\$|AU?\$|[$€£¥₹]|(?:${currencyCodes})(?!\p{L}))`
const money = String.raw`US\$|[$€£¥₹]|(?:us )?dollars?|bucks|cents?|euros?|pounds? sterling|quid|francs?|yen|kronor|kroner|(?:${currencyCodes})`
const measure = String.raw`seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|wks?|months?|quarters?|years?|yrs?|decades?|percent|per cent|%|points?|words?|pieces?|items?|characters?|kgs?|kilos?|kilograms?|g|grams?|lb|lbs|pounds?|ounces?|oz|cm|mm|km|m|meters?|metres?|kilometers?|kilometres?|miles?|inch(?:es)?|feet|foot|ft|liters?|litres?|l|ml|gallons?|degrees?|°c|°f|°|am|pm|times|[kmgt]b|watts?|volts?`
const unit = String.raw`(?:(?:business|working|calendar|full|more|whole|consecutive|additional|extra) )?(?:(?:million|billion|thousand) )?(?:${money}|${measure})`
const scale = String.raw`(?: ?(k|thousand|million|billion|bn)(?!\p{L}))?`
const quantity = new RegExp(
  String.raw`(?:(?<![${spacedLetters}])${symbol} ?|(?<![${spacedLetters}\p{N}]))${number}${scale}(?:\s?(?:-|–|—|to|or|and|x|×|bis)\s?${symbol}?\s?${number})?(?:[\s-]?(${unit})(?![\p{L}\p{N}]))?`,
  'giu',
)
/** "Within an hour", "half a year": one, and a half, without a number. */
const articleAsNumber =
  /(?<![\p{L}\p{N}])(?:(within|in under|in less than|after|for up to) an?|(half) an?) (second|minute|hour|day|week|fortnight|month|year)(?![\p{L}\p{N}])/giu

const scales: Record<string, number> = { k: 1e3, thousand: 1e3, million: 1e6, bn: 1e9, billion: 1e9 }
const currencies: Record<string, string> = {
  $: 'usd',
  us$: 'usd',
  'us dollar': 'usd',
  dollar: 'usd',
  buck: 'usd',
  c$: 'cad',
  ca$: 'cad',
  a$: 'aud',
  au$: 'aud',
  '€': 'eur',
  euro: 'eur',
  '£': 'gbp',
  'pound sterling': 'gbp',
  quid: 'gbp',
  '¥': 'jpy',
  yen: 'jpy',
  '₹': 'inr',
  franc: 'chf',
  cent: 'cent',
}
const sameUnits: Record<string, string> = {
  sec: 'second',
  min: 'minute',
  hr: 'hour',
  h: 'hour',
  night: 'day',
  wk: 'week',
  yr: 'year',
  '%': 'percent',
  'per cent': 'percent',
  kilo: 'kg',
  kilogram: 'kg',
  gram: 'g',
  lb: 'pound',
  ounce: 'oz',
  inche: 'inch',
  foot: 'ft',
  feet: 'ft',
  metre: 'm',
  meter: 'm',
  litre: 'l',
  liter: 'l',
  kilometre: 'km',
  kilometer: 'km',
}

export const readQuantities: ReadFacts = (text) => [
  ...factsOf(text, articleAsNumber, ([, , half, unitWord]) => [`${half ? '0.5' : '1'} ${unitKind(unitWord!)}`]),
  ...factsOf(text, quantity, ([whole, currency, first, firstScale, laterCurrency, second, unitWord]) => {
    const symbolKind = currency ?? laterCurrency
    const kind = symbolKind ? unitKind(symbolKind) : unitKind(unitWord)
    // Of numbers written out only those with a unit are facts: "the two of you", "one of our" are prose.
    if (!/\d/.test(whole) && kind === '') return null
    const unitScale = /\b(million|billion|thousand)\b/i.exec(unitWord ?? '')?.[1]
    const scaled = (written: string) => {
      const factor = scales[(firstScale ?? unitScale ?? '').toLowerCase()] ?? 1
      const value = plainNumber(written)
      return factor === 1 || Number.isNaN(Number(value)) ? value : String(Number(value) * factor)
    }
    return [first!, ...(second ? [second] : [])].map((written) => `${scaled(written)} ${kind}`)
  }),
]

function unitKind(written: string | undefined): string {
  if (!written) return ''
  const word = written
    .toLowerCase()
    .replace(/^(?:business|working|calendar|full|more|whole|consecutive|additional|extra) /, '')
    .replace(/^(?:million|billion|thousand) /, '')
  const singular = word.length > 2 ? word.replace(/ches$/, 'ch').replace(/s$/, '') : word
  const code = new RegExp(`^(?:${currencyCodes})$`, 'i').test(word) ? word : undefined
  return code ?? currencies[singular] ?? sameUnits[singular] ?? singular
}
