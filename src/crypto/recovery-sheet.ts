import { randomBytes } from './random.ts'

/** A secret on paper: 160 bits as eight groups of five signs, the last sign of each group checking the other four. */
export type RecoverySheet = { secret: Uint8Array; groups: readonly string[] }

/** What was typed from the sheet: its secret, or the numbers (from 1) of the groups that were mistyped. */
export type SheetReading = { ok: true; secret: Uint8Array } | { ok: false; mistyped: readonly number[] }

/** Crockford's 32 signs: no I, L, O or U, which are misread. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 8
const SECRET_BYTES = 20

/** Makes a new sheet; whoever prints it must not keep it. */
export function makeSheet(): RecoverySheet {
  const secret = randomBytes(SECRET_BYTES)
  const values = toValues(secret)
  const groups = Array.from({ length: GROUPS }, (_none, at) => {
    const group = values.slice(at * 4, at * 4 + 4)
    return [...group, checkOf(group, at)].map((value) => SIGNS[value]).join('')
  })
  return { secret, groups }
}

/** Reads a typed sheet; hyphens, spaces, small letters and the usual misreadings (O, I, L) do not matter. */
export function readSheet(typed: string): SheetReading {
  const values = readable(typed)
    .split('')
    .map((sign) => SIGNS.indexOf(sign))
  const numbers = Array.from({ length: GROUPS }, (_none, at) => at)
  const groupAt = (at: number) => values.slice(at * 5, at * 5 + 5)
  // Too many or too few signs: from which group on is not to be told, so all are named.
  if (values.length !== GROUPS * 5) return { ok: false, mistyped: numbers.map((at) => at + 1) }
  const mistyped = numbers.filter((at) => !isWhole(groupAt(at), at))
  if (mistyped.length > 0) return { ok: false, mistyped: mistyped.map((at) => at + 1) }
  return { ok: true, secret: toBytes(numbers.flatMap((at) => groupAt(at).slice(0, 4))) }
}

/** A typed piece of a sheet in the form in which it was printed. */
export function readable(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

function isWhole(group: number[], at: number): boolean {
  return !group.includes(-1) && checkOf(group.slice(0, 4), at) === group[4]
}

/** Over the field of 32 elements: any one wrong sign, two neighbours exchanged, and two groups exchanged are always noticed. */
function checkOf(group: readonly number[], at: number): number {
  return group.reduce((sum, value) => timesTwo(sum ^ value), 0) ^ at
}

function timesTwo(value: number): number {
  const doubled = value << 1
  return doubled & 32 ? doubled ^ 0b100101 : doubled // x^5 + x^2 + 1
}

/** 160 bits as 32 numbers of five bits. */
function toValues(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: bits.length / 5 }, (_none, at) => Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2))
}

function toBytes(values: readonly number[]): Uint8Array {
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from({ length: bits.length / 8 }, (_none, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2))
}
