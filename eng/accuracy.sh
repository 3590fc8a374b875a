#!/usr/bin/env bash
# Measures the defaults on every public data set and writes the tables into docs/accuracy.md.
#
#   eng/accuracy.sh DATA_DIR                    accuracy, calibration and contamination: some minutes on two cores
#   eng/accuracy.sh DATA_DIR accuracy [...]     one of them only, with arguments as in `--help`: accuracy, calibration, contamination, defaults
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

measure() {
    dotnet tests/Detector.Benchmarks/bin/Release/net10.0/Detector.Benchmarks.dll "$1" --data "$data" --write docs/accuracy.md "${@:2}"
}

if [[ $# -gt 0 ]]; then
    measure "$@"
else
    for table in accuracy calibration contamination; do
        measure "$table"
    done
fi
