#!/usr/bin/env bash
# The chaos suite in its long form: each kind of disturbance 10 times, the worker killed 100 times. Prints one line for each.
#
#   eng/chaos.sh [ROUNDS] [KILLS]     default 10 and 100; about three quarters of an hour
#   DETECTOR_CHAOS_SEED=7 eng/chaos.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
case ${1:-} in -h | --help) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; esac
rounds=${1:-10} kills=${2:-100}

./eng/setup.sh --tests
dotnet build tests/Detector.EndToEnd.Tests -c Release --nologo -v quiet -clp:NoSummary </dev/null
log=$(mktemp)
trap 'rm -f "$log"' EXIT

failed=0
run() { # METHOD ROUNDS
    local status=0
    DETECTOR_CHAOS_ROUNDS=$2 dotnet tests/Detector.EndToEnd.Tests/bin/Release/net10.0/Detector.EndToEnd.Tests.dll \
        -noColor -showLiveOutput -explicit on -method "$1" >"$log" 2>&1 </dev/null || status=$?
    if ((status == 0)); then sed -n 's/.*\[OUTPUT\] //p' "$log"; else cat "$log"; failed=1; fi
}

run '*.KillChaosTests.Killed_AtRandomPoints*' "$kills"
run '*.LogChaosTests.Killed_AtRandomPoints*' "$rounds"
run '*.MqttChaosTests.Killed_AtRandomPoints*' "$rounds"
for method in KillChaosTests.Killed_With KillChaosTests.Killed_AndIts BrokerChaosTests.Broker_Down BrokerChaosTests.Broker_Answers \
    DiskChaosTests.StateDirectory DiskChaosTests.Disk_Full WorkersChaosTests.Workers MqttChaosTests.Mosquitto; do
    run "*.$method*" "$rounds"
done

# A million keys that come once each, beside two series that are known.
dotnet build tests/Detector.Worker.Tests -c Release --nologo -v quiet -clp:NoSummary </dev/null
DETECTOR_CHAOS_KEYS=1000000 dotnet tests/Detector.Worker.Tests/bin/Release/net10.0/Detector.Worker.Tests.dll \
    -noColor -showLiveOutput -method '*.ResumeTests.Crash_Flood*' >"$log" 2>&1 </dev/null || failed=1
if ((failed == 0)); then sed -n 's/.*\[OUTPUT\] //p' "$log"; else cat "$log"; fi
exit $failed
