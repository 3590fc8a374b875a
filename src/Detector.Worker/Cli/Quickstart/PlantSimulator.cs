namespace Detector.Worker.Cli.Quickstart;

/// <summary>
/// A small plant of pumps, sampled once a second of event time, with faults injected one after the other from a given time on.
/// Deterministic for a seed.
/// </summary>
internal sealed class PlantSimulator
{
    private static readonly TimeSpan s_faultDuration = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan s_rampUp = TimeSpan.FromSeconds(30);
    private readonly (string Name, PumpSimulator Pump)[] _pumps;
    private readonly List<PlantFault> _faults = [];

    /// <param name="pumps">Number of pumps.</param>
    /// <param name="start">Event time of the first sample.</param>
    /// <param name="firstFault">Event time from which faults are injected.</param>
    /// <param name="end">Event time at which the plant stops.</param>
    public PlantSimulator(int seed, int pumps, DateTimeOffset start, DateTimeOffset firstFault, DateTimeOffset end)
    {
        Now = start;
        _pumps = [.. Enumerable.Range(1, pumps).Select(i => ($"pump-{i}", new PumpSimulator(seed * 1000 + i)))];
        FaultKind[] kinds = Enum.GetValues<FaultKind>();
        int count = 0;
        for (DateTimeOffset at = firstFault; at + s_faultDuration < end; at += TimeSpan.FromMinutes(10))
        {
            _faults.Add(new PlantFault(_pumps[count % pumps].Name, kinds[count % kinds.Length], at, at + s_faultDuration));
            count++;
        }
    }

    /// <summary>Event time of the next samples.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Every fault, in order.</summary>
    public IReadOnlyList<PlantFault> Faults => _faults;

    /// <summary>Samples every pump once and moves on by a second.</summary>
    /// <param name="sample">Receives the pump, the event time and one value a sensor, valid during the call.</param>
    public void Step(Action<string, DateTimeOffset, ReadOnlyMemory<double>> sample)
    {
        double[] values = new double[PumpSimulator.Sensors.Count];
        foreach ((string name, PumpSimulator pump) in _pumps)
        {
            PlantFault? fault = _faults.Find(candidate => candidate.Series == name && candidate.Start <= Now && Now <= candidate.End);
            double severity = fault is null ? 0 : Math.Min(1, (Now - fault.Start) / s_rampUp);
            pump.Next(fault?.Kind, severity, values);
            sample(name, Now, values);
        }

        Now += TimeSpan.FromSeconds(1);
    }
}
