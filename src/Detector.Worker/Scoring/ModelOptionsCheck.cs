using Detector.Worker.Contracts;

namespace Detector.Worker.Scoring;

/// <summary>What can be wrong with <see cref="ModelOptions"/>.</summary>
internal static class ModelOptionsCheck
{
    private const int MostWidth = 8192, MostLayers = 8;

    private static readonly string[] s_networks = ["denoising", "variational", "linear"];
    private static readonly string[] s_scopes = ["series", "pipeline"];
    private static readonly string[] s_scalers = ["robust", "standard", "minmax"];

    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, ModelOptions options)
    {
        IEnumerable<string?> errors =
        [
            .. options.Networks.Select(network => Bounds.Known($"{key}:Networks", network, s_networks)),
            .. options.Networks.GroupBy(network => network, StringComparer.Ordinal).Where(group => group.Count() > 1)
                .Select(group => $"{key}:Networks names {group.Key} more than once: name each network once."),
            Bounds.Known($"{key}:Scope", options.Scope, s_scopes),
            Bounds.Known($"{key}:Scaler", options.Scaler, s_scalers),
            Bounds.Of($"{key}:Latent", options.Latent, 1, MostWidth),
            .. options.Hidden.Select(width => Bounds.Of($"{key}:Hidden", width, 1, MostWidth)),
            options.Hidden.Count > MostLayers ? $"{key}:Hidden has more than {MostLayers} layers: write fewer." : null,
        ];
        return errors.OfType<string>();
    }
}
