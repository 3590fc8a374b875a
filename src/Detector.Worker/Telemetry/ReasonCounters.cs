using Detector.Worker.Contracts;
using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>One counter per reason, at zero from the start so that the first drop shows as an increase.</summary>
internal sealed class ReasonCounters
{
    private readonly Counter.Child?[] _counters;

    public ReasonCounters(Counter family, string name) => _counters =
        [.. Enum.GetValues<DropReason>().Select(reason => reason == DropReason.None ? null : family.WithLabels(name, reason.Label()))];

    /// <summary>Counts drops; <see cref="DropReason.None"/> counts nothing.</summary>
    public void Inc(DropReason reason, int count = 1) => _counters[(int)reason]?.Inc(count);
}
