import { podSecurityOf } from '../../scripts/conformance/pod-security.ts'
import { vectors } from './vectors.ts'

vectors('pod-security', podSecurityOf('1.34'))
for (const kubernetes of ['1.35', '1.37']) vectors(`pod-security-${kubernetes}`, podSecurityOf(kubernetes))
