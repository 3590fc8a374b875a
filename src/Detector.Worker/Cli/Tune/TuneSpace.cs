using System.Globalization;
using Detector.Models.Scaling;
using Detector.Models.Training;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli.Tune;

/// <summary>What is tried, setting by setting: those that usually matter most first.</summary>
internal static class TuneSpace
{
    private static readonly string[] s_networks =
    [
        "denoising,variational,linear", "linear", "denoising,linear", "denoising", "variational,linear", "dense,linear", "sparse,linear",
        "contractive,linear", "convolutional,linear", "stacked,linear", "adversarial,linear",
    ];

    private static readonly int[] s_rows = [32, 16, 64, 8, 128];
    private static readonly int[] s_latent = [32, 16, 8, 64];
    private static readonly string[] s_hidden = ["128", "64", "256", "128,64"];

    /// <summary>The settings of a pipeline as it is.</summary>
    /// <param name="rows">Rows of its window.</param>
    public static TuneCandidate Of(PipelineOptions options, int rows) => new(
        string.Join<string>(',', options.Model.Networks.Count > 0 ? options.Model.Networks : [.. ModelSettings.DefaultNetworks]),
        rows,
        options.Model.Latent,
        options.Model.Hidden.Count > 0 ? string.Join(',', options.Model.Hidden.Select(width => width.ToString(CultureInfo.InvariantCulture))) : "128",
        options.Model.Scaler);

    /// <summary>The axes of the search: each gives the candidates that differ from one in a single setting.</summary>
    public static IReadOnlyList<Func<TuneCandidate, IEnumerable<TuneCandidate>>> Axes { get; } =
    [
        best => s_rows.Select(rows => best with { Rows = rows }),
        best => s_networks.Select(networks => best with { Networks = networks }),
        best => ScalerFitter.Names.Select(scaler => best with { Scaler = scaler }),
        best => s_latent.Select(latent => best with { Latent = latent }),
        best => s_hidden.Select(hidden => best with { Hidden = hidden }),
    ];
}
