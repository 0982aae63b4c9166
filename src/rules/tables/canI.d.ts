/** The shell script of `--format can-i`, with blanks for what differs: `src/render/can-i.sh`. */
export declare const canI: string
