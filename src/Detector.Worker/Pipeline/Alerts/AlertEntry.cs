using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>An alert in the book.</summary>
/// <param name="Alert">Its latest revision.</param>
/// <param name="Pattern">What the episode looked like; null for bad data.</param>
/// <param name="ToldAt">When that revision was told, by the clock.</param>
internal sealed record AlertEntry(Alert Alert, AlertPattern? Pattern, DateTimeOffset ToldAt);
