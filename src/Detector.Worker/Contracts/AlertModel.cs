namespace Detector.Worker.Contracts;

/// <summary>The model version an alert came from.</summary>
public sealed record AlertModel(string Version, IReadOnlyList<string> Networks);
