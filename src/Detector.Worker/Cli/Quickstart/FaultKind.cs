namespace Detector.Worker.Cli.Quickstart;

/// <summary>What can go wrong with a simulated pump.</summary>
internal enum FaultKind
{
    /// <summary>Vibration rises and the bearing warms.</summary>
    BearingWear,

    /// <summary>Less flow at the same speed and valve.</summary>
    CloggedFilter,

    /// <summary>The pressure sensor repeats one value.</summary>
    StuckPressureSensor,

    /// <summary>The motor runs hot.</summary>
    CoolingLoss,

    /// <summary>The motor draws more current for the same work.</summary>
    WindingShort,
}
