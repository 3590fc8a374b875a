namespace Detector.Worker.Cli.Quickstart;

/// <summary>What can go wrong with a simulated pump.</summary>
internal enum FaultKind
{
    /// <summary>Vibration rises and the bearing warms.</summary>
    BearingWear,

    /// <summary>Water is lost between pump and meters: flow and pressure fall together.</summary>
    Leak,

    /// <summary>The pressure sensor repeats one value.</summary>
    StuckPressureSensor,

    /// <summary>The motor runs hot.</summary>
    CoolingLoss,

    /// <summary>The motor draws more current for the same work.</summary>
    WindingShort,
}
