namespace Detector.Worker.Simulation;

/// <summary>What happens to a simulated plant over its months.</summary>
internal enum PlantChange
{
    /// <summary>Nothing but days, nights and weekends.</summary>
    None,

    /// <summary>Slow wear, which is no fault: the pump gives a little less flow every week.</summary>
    Wear,

    /// <summary>The pressure sensor is replaced by one that reads otherwise.</summary>
    Sensor,

    /// <summary>From winter to summer: it grows warmer.</summary>
    Season,

    /// <summary>Another product: thicker, and made at another speed.</summary>
    Product,

    /// <summary>A bearing fails slowly, while it grows warmer faster than that.</summary>
    SlowFault,
}
