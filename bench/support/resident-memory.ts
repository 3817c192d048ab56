import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a process has in memory now, in MB of 1024 × 1024 bytes, as the operating system sees it. */
export function residentMb(pid: number): number {
  if (process.platform === 'linux') return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}
