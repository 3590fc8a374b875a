#!/usr/bin/env bash
# Measures the defaults on every public data set and writes the table into docs/accuracy.md.
#
#   eng/accuracy.sh DATA_DIR [--sets skab,tep] [--seeds 3] [...]    further arguments as in `accuracy --help`
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ $# -eq 0 || $1 == -* ]]; then
    sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    [[ ${1:-} == -h || ${1:-} == --help ]] && exit 0 || exit 64
fi

data=$(cd "$1" && pwd)
shift
cd "$root"
dotnet build tests/Detector.Benchmarks -c Release --nologo -v quiet -clp:NoSummary >&2
dotnet tests/Detector.Benchmarks/bin/Release/net10.0/Detector.Benchmarks.dll accuracy --data "$data" --write docs/accuracy.md "$@"
