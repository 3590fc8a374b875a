using System.Globalization;
using System.Text.Json;
using Detector.Models.Autoencoders;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary>A model in words.</summary>
internal static class InspectionText
{
    private static readonly JsonElement s_defaults = JsonSerializer.SerializeToElement(new NetworkOptions(), ModelJson.Default.NetworkOptions);
    private const int MostFeatures = 20;

    public static void Write(ModelInspection model, TextWriter output)
    {
        Line(output, $"model      {model.Pipeline}/{AlertText.Safe(model.Series)}, version {model.Version}, {ModelListCommand.Age(TimeSpan.FromSeconds(model.AgeSeconds))} old");
        Line(output, $"features   {model.Features.Count}: {Names(model.Features)}");
        Line(output, $"window     {model.WindowRows} rows, one every {model.Period.TotalSeconds:G6} s; scaler {model.Scaler}");
        if (model.Training is { } training)
            Line(output, $"training   {training.Samples:N0} samples, {model.From:yyyy-MM-dd HH:mm:ss} to {model.To:yyyy-MM-dd HH:mm:ss}; {training.TrainingWindows:N0} windows to train on, {training.ValidationWindows:N0} to validate; {training.MissingShare:P1} missing; {training.Seconds:F1} s");
        if (model.Training?.Cleaning is { } cleaning)
        {
            output.WriteLine($"cleaning   {CleaningText.Line(cleaning)}");
            foreach (ExcludedRange range in cleaning.Excluded)
                output.WriteLine($"           {CleaningText.Range(range)}");
        }

        if (model.Training?.Precision is { } precision)
            output.WriteLine($"precision  {PrecisionText.Line(precision)}");
        output.WriteLine($"threshold  {model.ThresholdBasis}");
        foreach (NetworkInspection network in model.Networks)
            Write(network, output);
    }

    private static void Write(NetworkInspection network, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(network.Training is { } report ? NetworkText.Line(report) : network.Name);
        foreach (PropertyFigure property in network.Training?.Properties ?? [])
            output.WriteLine($"  {NetworkText.Property(property)}");
        if (network.Options is { } options)
            output.WriteLine($"  options {Differing(options)}");
        TextTable.Write([["  TENSOR", "SHAPE", "PARAMETERS"], .. network.Layers.Select(Row)], output);
    }

    /// <summary>Only what differs from the defaults: a network reads few of the options that all share.</summary>
    private static string Differing(JsonElement options)
    {
        string[] differing =
        [
            .. from option in options.EnumerateObject()
               where !s_defaults.TryGetProperty(option.Name, out JsonElement value) || !JsonElement.DeepEquals(option.Value, value)
               select $"{option.Name} {option.Value.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)}",
        ];
        return differing.Length == 0 ? "all at their defaults" : string.Join(", ", differing);
    }

    private static string[] Row(LayerShape layer) =>
        ["  " + layer.Name, string.Join(" × ", layer.Shape), layer.Parameters.ToString("N0", CultureInfo.InvariantCulture).PadLeft(10)];

    private static string Names(IReadOnlyList<string> features)
    {
        string names = string.Join(", ", features.Take(MostFeatures).Select(AlertText.Safe));
        return features.Count > MostFeatures ? names + ", …" : names;
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
