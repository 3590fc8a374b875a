#!/usr/bin/env bash
# Builds the folder that is installed: the program with its .NET runtime, nothing else needed but the system's own libraries.
#
#   eng/publish.sh OUT [MSBuild arguments]      as in: eng/publish.sh /usr/lib/detector -p:Packages=nuget -p:Torch=cuda
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
if [[ $# -eq 0 || $1 == -* ]]; then
    sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    [[ ${1:-} == -h || ${1:-} == --help ]] && exit 0 || exit 64
fi

out=$1
shift
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "publish: no runtime is known for a $(uname -m) processor; there are some for x86_64 and aarch64." >&2; exit 1 ;;
esac

dotnet publish "$root/src/Detector.Worker" -c Release -r "$runtime" --self-contained -o "$out" --nologo -v quiet \
    -p:Publishing=true -p:DebugType=none "$@" >&2
echo "$out/detector"
