using System.CommandLine;
using Detector.Models.Representation;
using Detector.Models.Scoring;
using Detector.Models.Statistics;
using Detector.Models.Training;
using Detector.Worker.Cli.Report;
using Detector.Worker.Cli.Train;

namespace Detector.Worker.Cli.Representation;

/// <summary><c>detector encode</c>: the latent codes of a recording, for work of other kinds.</summary>
internal static class EncodeCommand
{
    private const int MostDots = 2000;

    public static Command Create()
    {
        var model = new RepresentationArguments();
        var network = new Option<string?>("--network") { Description = "network that encodes (default: the model's first)", HelpName = "NAME" };
        var picture = new Option<FileInfo?>("--picture") { Description = "write a page with the codes in the plane of their first two principal components", HelpName = "HTML" };
        var command = new CommandWithExamples(
            "encode", "Writes the latent code of each window of a recording, one line for each time that ends a full window.",
            "detector encode --state ./state --series pump-3 --input pump-3.csv --network variational --out codes.csv --picture codes.html") { model.Input, network, picture };
        model.AddTo(command);
        command.SetAction(arguments => model.Run(arguments, (manifest, trained) =>
        {
            var chosen = new TrainedNetwork(trained, NetworkChoice.One(trained, arguments.GetValue(network)));
            var codes = new Codes();
            var batches = new WindowBatches(trained.Dimensions.Size, (windows, ticks) => codes.Add(chosen.Encode(windows), ticks));
            model.Read(arguments, manifest, trained, (ticks, _, window) =>
            {
                if (!window.IsEmpty)
                    batches.Add(ticks, window);
            });
            batches.Flush();
            if (arguments.GetValue(picture) is { } file)
                Draw(chosen.Name, trained, codes, file.FullName);
            return Enumerable.Range(0, codes.Ticks.Count).Select(i => CsvText.Line([CsvText.Time(codes.Ticks[i]), .. codes[i].ToArray().Select(value => CsvText.Number(value))]))
                .Prepend(CsvText.Line(["timestamp", .. Enumerable.Range(0, codes.Width).Select(i => FormattableString.Invariant($"z{i}"))]));
        }));
        return command;
    }

    private static void Draw(string network, AnomalyModel model, Codes codes, string path)
    {
        var plane = PrincipalPlane.Fit(codes.All, codes.Width);
        int step = 1 + (codes.Ticks.Count - 1) / MostDots;
        (double X, double Y)[] points = [.. Enumerable.Range(0, (codes.Ticks.Count + step - 1) / step).Select(i => plane.Project(codes[i * step]))];
        using var output = new StreamWriter(path);
        Page.Begin(output, $"{network}: codes", $"Codes of {codes.Ticks.Count} windows");
        output.WriteLine($"<p class=\"faint\">Network {network}, windows of {model.Dimensions.Rows} rows × {model.Dimensions.Features} features, in the plane of the codes' first two principal components, from the first (blue) to the last (orange).</p><div class=\"wide\">");
        LatentFigure.Write(new LatentProjection(network, codes.Width, plane.First, plane.Second, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]), output, Page.Width, 640);
        output.WriteLine("</div>");
        Page.End(output);
    }
}
