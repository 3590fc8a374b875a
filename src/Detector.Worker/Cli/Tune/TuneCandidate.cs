using System.Globalization;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli.Tune;

/// <summary>The settings that a search chooses.</summary>
/// <param name="Networks">Names of the networks.</param>
/// <param name="Rows">Rows of a window.</param>
/// <param name="Latent">Width of the code.</param>
/// <param name="Hidden">Width of the hidden layer, or widths, with commas between.</param>
/// <param name="Scaler">Name of the scaler.</param>
internal sealed record TuneCandidate(string Networks, int Rows, int Latent, string Hidden, string Scaler)
{
    public string[] NetworkNames => Networks.Split(',');

    public int[] HiddenWidths => [.. Hidden.Split(',').Select(width => int.Parse(width, CultureInfo.InvariantCulture))];

    /// <summary>Puts the settings into the options of a pipeline.</summary>
    /// <param name="period">Time between two rows.</param>
    public void ApplyTo(PipelineOptions options, TimeSpan period)
    {
        options.Window.Length = Rows * period;
        options.Model.Networks = [.. NetworkNames];
        options.Model.Latent = Latent;
        options.Model.Hidden = [.. HiddenWidths];
        options.Model.Scaler = Scaler;
    }

    /// <summary>The settings in a few words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Networks}; {Rows} rows; latent {Latent}; hidden {Hidden}; {Scaler}");
}
