import type { Shape } from './shape.ts'
import { check } from './shapes/check.ts'
import { evaluator } from './shapes/evaluator.ts'
import { inputs } from './shapes/inputs.ts'
import { logs } from './shapes/logs.ts'
import { parser } from './shapes/parser.ts'
import { relabeling } from './shapes/relabeling.ts'
import { resolver } from './shapes/resolver.ts'
import { runs } from './shapes/runs.ts'

/** Every shape, by the part of the program that it is made for. */
export const shapes: readonly { readonly area: string; readonly shapes: readonly Shape[] }[] = [
  { area: 'parser', shapes: parser },
  { area: 'evaluator', shapes: evaluator },
  { area: 'resolver', shapes: resolver },
  { area: 'relabeling', shapes: relabeling },
  { area: 'inputs', shapes: inputs },
  { area: 'check', shapes: check },
  { area: 'logs', shapes: logs },
  { area: 'runs', shapes: runs },
]
