using Detector.Models.Artifacts;

namespace Detector.Worker.Pipeline;

/// <summary>A stored model that a person has put into service.</summary>
/// <param name="AfterTicks">Event time of the newest sample that the model before has scored; <see cref="long.MinValue"/> when it is yet to be seen.</param>
/// <param name="Decision">What is written down once it is.</param>
internal sealed record ModelCommand(LiveModel Model, long AfterTicks, ModelDecision Decision);
