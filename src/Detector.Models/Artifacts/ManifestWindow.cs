namespace Detector.Models.Artifacts;

/// <summary>The windows a model was trained on.</summary>
/// <param name="LengthRows">Rows of a window, L.</param>
/// <param name="PeriodTicks">Distance of rows on the grid in 100 ns ticks.</param>
public sealed record ManifestWindow(int LengthRows, long PeriodTicks);
