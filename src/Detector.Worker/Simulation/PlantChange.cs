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

    /// <summary>Another recipe, for which a valve holds the pressure: it falls where it rose with the speed, and the current with it.</summary>
    Recipe,

    /// <summary>A new way to run: by night the pump stands still every other half-hour.</summary>
    Mode,

    /// <summary>Nothing new, but from the first week on a job that runs on Sundays from 2 to 3 and draws current.</summary>
    Batch,

    /// <summary>A bearing fails slowly, while it grows warmer faster than that.</summary>
    SlowFault,
}
