using Detector.Models.Scoring;
using Detector.Worker.Cli.Model;

namespace Detector.Worker.Cli.Representation;

/// <summary>Networks of a model by what the user named.</summary>
internal static class NetworkChoice
{
    /// <summary>The network named, or all.</summary>
    /// <exception cref="ModelNotFoundException">The model has no such network.</exception>
    public static IReadOnlyList<string> All(AnomalyModel model, string? name) => name is null ? model.Networks : [One(model, name)];

    /// <summary>The network named, or the first.</summary>
    /// <exception cref="ModelNotFoundException">The model has no such network.</exception>
    public static string One(AnomalyModel model, string? name) => name is null || model.Networks.Contains(name)
        ? name ?? model.Networks[0]
        : throw new ModelNotFoundException($"The model has no network '{name}'; it has {string.Join(", ", model.Networks)}.");
}
