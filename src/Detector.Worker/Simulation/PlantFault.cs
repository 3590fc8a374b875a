namespace Detector.Worker.Simulation;

/// <summary>An abrupt fault of a simulated plant, which is over when it is repaired.</summary>
internal sealed record PlantFault(PlantFaultKind Kind, DateTimeOffset From, DateTimeOffset To)
{
    public bool Covers(DateTimeOffset time) => From <= time && time < To;
}
