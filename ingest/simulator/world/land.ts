// Where Dereth is dry, in squares of 1.6 map units: a bit each, row 0 in the south, column 0 in the west.
// Made from the landblocks that hold wildlife; lets travellers keep off the sea.
import { EDGE, type Place } from '../../../shared/world/dereth/coordinates.ts'

/** Squares along one side. */
export const LAND_SIZE = 128
const SQUARE = 1.6
const bits = Buffer.from(
  `
    AAAAAAAAAAAAAAAAAAAAAHwAAAAAAAAAAAAAAAAAAAD+AAAAAAAAAAAAAAAAAAAA/gAAAAAAAAAAAAAAAAAAAP4BAAAAAAAAAAAAAAAAAAD+AQAAAAAA
    AAAAAAAAAAAA/gD8B2AAAADgeXgYAAAAAHwA/x/+AwoA8P//PwAAAAAYAP////9/O7///38BAAAAAAD///////2f////AwAAAACA///////7m/v//x8A
    AAAA4P/////////7////AoAPAPD/////Hyf8/////wOAHwDw/////wMA+P////8HQB4A8P///38AAMD/////D/gfAPD///8fAADA/////x/8PQDw////
    BwAAwP////8/uD0A+P///w8AAMD/////f1w7APz///8PAAAA///////MOwD8////DwAAwP////3/4T8A/P///wcAAMD///+/94MfAPz///8DAAAA/v//
    //8HBAD+////AwAAAP//////DwAA/v///wEAAAD//////T8AgP////8BAAAA//////9/AAD/////AAAAAP///////wCA////fwAAAAD///////8AgP//
    /z8AAACA//////9/AID///8fAAAAgP8//7//fwCA////HwAAAID///z//j8AAP///x8AAADA/3////x/AAD+//8fAAAAwP9f//37fwAA/v//DwAAAMD/
    P//+//8AAP7//w8AAADA///+////AAD+//8PAAAA4P///5///wEA/v//DwAAAOD///9f//8DAPz//w8AAADw///7v///DwD9//8PAAAA+P///////weA
    ////DwAAAPD///////8PAP///w8AAADw///f///fDwD///8PAAAA8P//////7w8A////DwAAAPj//////wcPgP///w8AAAD4//////9HD4D///8fAAAA
    +P//////Bw+A////DwAAAPz3/////wMcgP///w8AAAD8//+f//8BH8D///8fAAAAv///3///AxzA////HwAA4L///////wEcwP///x8AAPDf////+/8D
    AOD///8fAADw//7///v/AQDg////HwAA8P/7//7//wMA4P///w8AAPD//3/3//8AAOD///8HAADw//2///9/AADg////AQAA4Lv/P///f4AD8P///wEA
    AODz/v7//3/hB/D///8BAADg///+//9/8Afw////AAAAwP/////n//EH8P//fwAAAOD/////6//xB/D//38AAADA///9//f/+A/w//9/AAAAwPv////z
    //kf8P//fwAAAGD+///////4H/D//38AAADg////////+D/w//9/AAAA4P///////PA/8P//fwAAAPj//////7vwP+D//38AAAD43//////e4D/g//9/
    AAAA+P////9/XwA+wP//fwAAAPD//3///18APsD///8AAAD2//////8/ABzA////AAAA/9//////DwAAgP///wEAwP///////xcAAID///8BAOD/////
    /f0XAAAA////CwDw///9////DwAAAP///x8A8P//+f///zMAAAD+//4fAPj///////17AAAA5v/+PwD8//+/////fwAAAIA//H8A//////+f/38AAAAA
    P8h/AP////////9+AAAAAD/A//X/////////PgAAAAAe4P/////6////fx4AAAAAAOD/////+//z//8AAAAAAADg/////9v+9/+/AQAAAAAA4P////9/
    7///3wMAAAAAAMD/////v+f///8DAAAAAACA/////133////BwAAAAAAgP///39c7/+//wUAAAAAAID/////+9////8BAAAAQACA///////f////AQAA
    AOAAgP///7/7z////wEAAADwD4D///8///////8DAAAA/h+A//////f//5//BwAAAP9fgP///////////wcAAID/f4D///////////8fAADA/38A/5//
    ///+////HwAAgP9/AP+//////////x8AAID/fwD//////97///8/AAAA/38A/////5/5+///PwAAAP9/AP7///////3/f38AAAD+fwD//////////39/
    AAAA/j+A/////////////wAAAPwfgP/////////f//8AAADAD4D/////////////AAAAAADA/////v/93////wAAAAAAAPXf//6/y/f///8AAAAAAID+
    ////////////AAAAAACA/f///////////wAAAAAAgP///////////78AAAAAAID///////////8fAAAAAIADf///////////AwAAAADkB////+//////
    /wAAAAAA/4/z/////////38AAAAAgP8P+////////98fAAAAAID/D/7/+/////8BAgAAAACA/wf+////////AAAAAAAAgP8D7P//////fwAAAAAAAID/
    f+j//////38AAAAAAACA/39A/v////8/AAAAAAAAAP9/gPz/v///P3gAAAAAAAD8/4P9/////x/8AAAAAAAA/L4PAH7///8C/gAAAAAAAP7+PwDg//0n
    APwAAAAAAAD8/j8AQP//AQB8AAAAAAAAOP4/AAD+fwAAeAAAAAAAAHj+/wAA8D8AAAAAAAAAAAAA/v8AAIAfAAAAAAAAAAAAAIA/AACADwAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAA/rtAAAAAAAAAAAAAAAAAAH4QAAAAAAAAAAAAAAAAAAA=
  `.replace(/\s/g, ''),
  'base64',
)

/** The square of the land grid a place lies in, held within the grid. */
export function landSquare({ ew, ns }: Place): { x: number; y: number } {
  const inside = (value: number) => Math.min(LAND_SIZE - 1, Math.max(0, Math.floor((value + EDGE) / SQUARE)))
  return { x: inside(ew), y: inside(ns) }
}

/** The middle of a square. */
export function squareMiddle(x: number, y: number): Place {
  return { ew: (x + 0.5) * SQUARE - EDGE, ns: (y + 0.5) * SQUARE - EDGE }
}

/** A square that is land; off the grid is sea. */
export function isLand(x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= LAND_SIZE || y >= LAND_SIZE) return false
  const bit = y * LAND_SIZE + x
  return ((bits[bit >> 3]! >> (bit & 7)) & 1) === 1
}
