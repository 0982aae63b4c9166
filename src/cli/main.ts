#!/usr/bin/env node
import { rawArguments } from './disk/raw-path.ts'
import { run } from './run.ts'
import { system } from './system.ts'

process.exitCode = await run(rawArguments(process), system())
