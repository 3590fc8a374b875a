namespace Detector.Worker.Cli.Quickstart;

/// <summary>A fault that the simulator injects.</summary>
/// <param name="Series">The pump.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Start">Event time of its first sample.</param>
/// <param name="End">Event time of its last sample.</param>
internal sealed record PlantFault(string Series, FaultKind Kind, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Sensors that show it.</summary>
    public IReadOnlyList<string> Features => Kind switch
    {
        FaultKind.BearingWear => ["vibration", "bearing_temperature"],
        FaultKind.Leak => ["flow", "pressure"],
        FaultKind.StuckPressureSensor => ["pressure"],
        FaultKind.CoolingLoss => ["motor_temperature"],
        FaultKind.WindingShort => ["current", "motor_temperature"],
        _ => throw new InvalidOperationException($"Fault {Kind} has no sensors."),
    };

    /// <summary>In words, for people.</summary>
    public string Description => Kind switch
    {
        FaultKind.BearingWear => "bearing wear",
        FaultKind.Leak => "leak",
        FaultKind.StuckPressureSensor => "stuck pressure sensor",
        FaultKind.CoolingLoss => "cooling loss",
        FaultKind.WindingShort => "winding short",
        _ => throw new InvalidOperationException($"Fault {Kind} has no description."),
    };
}
