#!/usr/bin/env bash
# Runs a plain Python worker (eng/python_worker.py: json, windows, one PyTorch autoencoder) and the whole pipeline (three networks, thresholds,
# episodes) on the same messages, in turn on this machine, and prints both and their ratio as Markdown.
# Needs Python with PyTorch: apt-get install python3-torch. The thread count of the BLAS is one for both.
set -euo pipefail
cd "$(dirname "$0")/.."

for python in python3 /usr/bin/python3; do # the system's own may stand behind another
    if "$python" -c 'import torch' 2>/dev/null; then found=$python && break; fi
done
[[ -n ${found:-} ]] || { echo 'Python has no torch here: sudo apt-get install --no-install-recommends python3-torch' >&2; exit 69; }
[[ -n ${NO_BUILD:-} ]] || dotnet build tests/Detector.Benchmarks -c Release --nologo -v quiet >&2
bench=tests/Detector.Benchmarks/bin/Release/net10.0/Detector.Benchmarks
messages=$(mktemp)
trap 'rm -f "$messages"' EXIT
"$bench" messages "$messages"

export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
single=$("$found" eng/python_worker.py "$messages" 1)
batched=$("$found" eng/python_worker.py "$messages" 256)
ours=$("$bench" pipeline | awk -F' *[|] *' '$2 == "one for all series" { gsub(",", "", $3); print $3 }')

echo '| worker | networks | messages/s | times the batched Python worker |'
echo '| --- | --- | --- | --- |'
awk -v one="$single" -v many="$batched" -v ours="$ours" 'BEGIN {
  printf "| Python, one message at a time | 1 | %d | %.2f |\n", one, one / many
  printf "| Python, 256 at a time | 1 | %d | 1 |\n", many
  printf "| Detector, whole pipeline | 3 | %d | %.1f |\n", ours, ours / many }'
