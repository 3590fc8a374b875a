namespace Detector.Worker.Simulation;

/// <summary>What breaks.</summary>
internal enum PlantFaultKind
{
    /// <summary>Three tenths of the flow are lost on their way to the sensor.</summary>
    Leak,

    /// <summary>A bearing runs hot, and shakes.</summary>
    Bearing,
}
