namespace Detector.Worker.Contracts;

/// <summary>
/// What an episode looked like: the directions in which the features deviated. A direction is the features' shares of the score with the signs of
/// their deviations, of length 1. It tells one fault from another whatever their strength.
/// </summary>
/// <param name="Features">Names of the F features.</param>
/// <param name="Directions">The directions in their order, each (F); similar ones stand once.</param>
/// <param name="Peak">The highest score.</param>
public sealed record AlertPattern(IReadOnlyList<string> Features, IReadOnlyList<float[]> Directions, double Peak);
