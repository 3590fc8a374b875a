using System.Globalization;
using System.Net;
using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Cli.Report;

namespace Detector.Worker.Cli.Train;

/// <summary>A training as one self-contained page: losses, scores and their tail, residuals, codes. Everything on it comes from the manifest.</summary>
internal static class TrainingPage
{
    /// <exception cref="InvalidDataException">The manifest has no report.</exception>
    public static void Write(ArtifactManifest manifest, TextWriter output)
    {
        TrainingReport report = ModelArtifact.Report(manifest) ?? throw new InvalidDataException($"The manifest of version '{manifest.Version}' has no training report.");
        string name = $"{manifest.Pipeline} / {manifest.Key}";
        Page.Begin(output, $"{name}: training", name);
        WriteSummary(manifest, report, output);
        WriteNetworks(report, output);
        Page.Heading(output, "Loss curves");
        Page.Legend(output, ["training", "validation"]);
        output.WriteLine("<div class=\"cards\">");
        foreach (NetworkReport network in report.Networks)
            LossFigure.Write(network, report.LookEvery, output);
        output.WriteLine("</div>");
        if (ModelArtifact.Diagnostics(manifest) is { } diagnostics)
            WritePictures(report, diagnostics, output);
        Page.End(output);
    }

    private static void WriteSummary(ArtifactManifest manifest, TrainingReport report, TextWriter output)
    {
        Paragraph(output, $"Version {manifest.Version}, trained on {report.Samples:N0} samples of {manifest.Features.Count} features, {manifest.Training?.From:yyyy-MM-dd HH:mm:ss} to {manifest.Training?.To:yyyy-MM-dd HH:mm:ss} UTC, in {report.Seconds:F1} s.");
        Paragraph(output, $"{report.TrainingWindows:N0} windows of {manifest.Window.LengthRows} rows to learn from, {report.ValidationWindows:N0} later ones to validate; {report.MissingShare:P1} of the values missing.");
        Paragraph(output, $"Threshold: {report.Threshold}");
        if (report.Cleaning is { } cleaning)
            Paragraph(output, $"{CleaningText.Line(cleaning)}{(cleaning.Excluded.Count > 0 ? ": " : "")}{string.Join("; ", cleaning.Excluded.Select(CleaningText.Range))}.");
    }

    private static void WriteNetworks(TrainingReport report, TextWriter output)
    {
        Page.Heading(output, "Networks");
        output.WriteLine("<div class=\"scroll\"><table><tr><th>Network</th><th class=\"number\">Parameters</th><th class=\"number\">Steps</th><th class=\"number\">Kept from step</th><th class=\"number\">Training loss</th><th class=\"number\">Validation loss</th><th class=\"number\">Seconds</th><th>Property</th></tr>");
        foreach (NetworkReport network in report.Networks)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td>{WebUtility.HtmlEncode(network.Network)}</td><td class=\"number\">{network.Parameters:N0}</td><td class=\"number\">{network.Steps:N0}</td><td class=\"number\">{network.BestStep:N0}</td><td class=\"number\">{network.TrainingLoss[^1]:G4}</td><td class=\"number\">{network.BestLoss:G4}</td><td class=\"number\">{network.Seconds:F1}</td><td>{Properties(network)}</td></tr>"));
        }

        output.WriteLine("</table></div>");
    }

    private static void WritePictures(TrainingReport report, TrainingDiagnostics diagnostics, TextWriter output)
    {
        ScoreFigures.Write(diagnostics.Scores, output);
        string[] networks = [.. report.Networks.Select(network => network.Network)];
        foreach (var view in diagnostics.Residuals.GroupBy(residual => residual.View))
            ResidualFigures.Write(view.Key, [.. view], networks, output);
        Page.Heading(output, "Latent codes");
        Paragraph(output, $"Codes of windows in the plane of their first two principal components, from the beginning of the training range (blue) to its end (orange).");
        output.WriteLine("<div class=\"cards\">");
        foreach (LatentProjection latent in diagnostics.Latents)
            LatentFigure.Write(latent, output);
        output.WriteLine("</div>");
    }

    private static string Properties(NetworkReport network) =>
        string.Join("<br>", network.Properties.Select(property => WebUtility.HtmlEncode(NetworkText.Property(property))));

    private static void Paragraph(TextWriter output, FormattableString text) =>
        output.WriteLine($"<p class=\"faint\">{WebUtility.HtmlEncode(text.ToString(CultureInfo.InvariantCulture))}</p>");
}
