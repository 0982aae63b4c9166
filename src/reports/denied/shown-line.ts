import { type Range, rangesOf, starredOutside } from '../../secrets/mask-yaml.ts'

/** What says when, where and by what a line was written, names of its fields, and words of client-go. */
const harmless = new RegExp(
  [
    /^\[pod\/[\w./-]+\]|(?:^|\s)\d{4}-\d\d-\d\dT[\d:.]+Z?/,
    // klog: E0820 02:01:11.163000       1 reflector.go:205] k8s.io/client-go@v0.31.0/tools/cache/reflector.go:243:
    /(?:^|\s)[EFIW]\d{4} [\d:.]+\s+\d+ \w+\.go:\d+\]|(?<![\w.-])k8s\.io\/client-go@?[\w./-]*\.go:\d+/,
    /(?<![\w.-])"?(?:ts|time|level|component_path|component_id|controller_path|controller_id)"?[=:]\s?"?[\w.:/+-]+"?/,
    /(?<![\w.-])"?(?:caller|source)"?[=:]\s?"?[\w.-]{1,60}\.go:\d+"?|(?<![\w.-])"?type"?[=:]\s?"?\*\w{1,60}\.\w{1,60}"?/,
    /(?<![\w.-])"?(?:err|error|msg|message|logger|reflector|caller|func|source|type)"?[=:](?=\s?\\*")/,
    /(?<![\w.-])"?(?:target|url|path|scrape_pool|namespace|pod|container|status)"?[=:]/,
    /"(?:Failed to (?:list|watch)|Unhandled Error|UnhandledError|Reflector ListAndWatch)"/,
    /[Ff]ailed to (?:list|watch) \*\w+\.\w+:/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** A line may hold whatever someone sent to Alloy, headers with tokens too: all but what is known to be harmless is blanked. */
export const shownLine = (raw: string, refusals: readonly Range[]): string =>
  starredOutside(raw, [...refusals, ...rangesOf(raw, harmless)], /[^\s"\\=:,]/g)
