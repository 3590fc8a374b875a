using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scaling;
using Detector.Worker.Contracts;

namespace Detector.Worker.Scoring;

/// <summary>What can be wrong with <see cref="ModelOptions"/>.</summary>
internal static class ModelOptionsCheck
{
    private static readonly string[] s_scopes = ["series", "pipeline"];
    private static readonly string[] s_finders = ["auto", "none"];
    private static readonly string[] s_coldStarts = ["none", "group"];

    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, ModelOptions options)
    {
        IEnumerable<string?> errors =
        [
            .. options.Networks.Select(network => Bounds.Known($"{key}:Networks", network, AutoencoderFactory.Names)),
            .. options.Networks.GroupBy(network => network, StringComparer.Ordinal).Where(group => group.Count() > 1)
                .Select(group => $"{key}:Networks names {group.Key} more than once: name each network once."),
            Bounds.Known($"{key}:Scope", options.Scope, s_scopes),
            Bounds.Known($"{key}:ColdStart", options.ColdStart, s_coldStarts),
            options is { ColdStart: "group", Scope: "pipeline" }
                ? $"{key}:ColdStart is group, and with Scope pipeline all series share one model already: write ColdStart none or Scope series."
                : null,
            Bounds.Known($"{key}:Scaler", options.Scaler, [.. ScalerFitter.Names]),
            Bounds.Known($"{key}:Precision", options.Precision, Precisions.Names),
            Bounds.Known($"{key}:Detrend", options.Detrend, s_finders),
            Bounds.Of($"{key}:Latent", options.Latent, 1, NetworkOptions.MaxWidth),
            .. CalendarErrors($"{key}:Calendar", options.Calendar),
            .. options.Hidden.Select(width => Bounds.Of($"{key}:Hidden", width, 1, NetworkOptions.MaxWidth)),
            options.Hidden.Count > NetworkOptions.MaxLayers ? $"{key}:Hidden has more than {NetworkOptions.MaxLayers} layers: write fewer." : null,
            .. options.Options.SelectMany(own => NetworkErrors($"{key}:Options:{own.Key}", own.Key, own.Value, options.Scaler)),
        ];
        return errors.OfType<string>();
    }

    private static IEnumerable<string?> CalendarErrors(string key, CalendarOptions options) =>
    [
        Bounds.Known($"{key}:Season", options.Season, s_finders),
        TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _)
            ? null
            : $"{key}:TimeZone is '{options.TimeZone}', which this machine does not know: write an IANA name, such as Europe/Berlin, and install tzdata.",
        .. options.Holidays.Where(day => !CalendarOptions.TryParse(day, out _)).Select(day => $"{key}:Holidays has '{day}': write days as in 2026-12-25."),
    ];

    private static IEnumerable<string?> NetworkErrors(string key, string network, ModelNetworkOptions own, string scaler)
    {
        if (!AutoencoderFactory.Names.Contains(network))
            return [$"{key} names no network: {Nearest.Remedy(network, AutoencoderFactory.Names)}"];

        NetworkOptions options = own.Over(new NetworkOptions());
        return
        [
            .. options.Problems().Select(problem => $"{key}:{problem}"),
            options.OutputActivation == Activations.Sigmoid && scaler != ScalerFitter.MinMax
                ? $"{key}:OutputActivation is sigmoid, which reaches only what the scaler minmax gives: write Scaler minmax or OutputActivation linear."
                : null,
        ];
    }
}
