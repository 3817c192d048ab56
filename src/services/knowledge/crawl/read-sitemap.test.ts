import { expect, test } from 'vitest'
import { readXml } from './read-sitemap.ts'

test('reads pages and other sitemaps', () => {
  const pages =
    '<?xml version="1.0"?><urlset xmlns="x"><url><loc> https://a.b/1?x=1&amp;y=2 </loc><lastmod>z</lastmod></url><url><loc><![CDATA[https://a.b/2]]></loc></url></urlset>'
  expect(readXml(pages)).toEqual({ pages: ['https://a.b/1?x=1&y=2', 'https://a.b/2'], others: [] })
  expect(readXml('<sitemapindex><sitemap><loc>https://a.b/s.xml</loc></sitemap></sitemapindex>')).toEqual({
    pages: [],
    others: ['https://a.b/s.xml'],
  })
})

test('finds nothing in what is none', () => {
  for (const xml of ['', '<html><body>404', '<urlset><url><loc>', '<loc>https://a.b</loc>', '<urlset><loc>x</loc></urlset>'])
    expect(readXml(xml)).toEqual({ pages: [], others: [] })
})

test('takes no time for what is nested without end, or is made of entities', () => {
  const started = performance.now()
  expect(readXml(`<urlset>${'<url>'.repeat(300_000)}`).pages).toEqual([])
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1_000)}"><!ENTITY b "${'&a;'.repeat(1_000)}">]><urlset><url><loc>https://a.b/&b;</loc></url></urlset>`
  expect(readXml(bomb).pages.join('').length).toBeLessThan(100)
  expect(performance.now() - started).toBeLessThan(1_000)
})
