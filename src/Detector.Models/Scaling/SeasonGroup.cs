namespace Detector.Models.Scaling;

/// <summary>One half-hour of one day.</summary>
/// <param name="Bin">The half-hour of the week.</param>
/// <param name="Day">Number of the day.</param>
/// <param name="Mean">Mean of the values in it.</param>
internal readonly record struct SeasonGroup(int Bin, int Day, double Mean);
