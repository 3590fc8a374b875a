namespace Detector.Models.Scoring;

/// <summary>What of a window's residual is looked at; each gives one vector of F values.</summary>
public enum ResidualView
{
    /// <summary>The residual of the newest row: quick, and the only one that sees a single odd sample.</summary>
    Row,

    /// <summary>The mean residual of each feature over the window: averages noise away and so sees small lasting shifts.</summary>
    Level,

    /// <summary>The root mean square residual of each feature over the window: sees changes of variance and shape that cancel in the mean.</summary>
    Energy,
}
