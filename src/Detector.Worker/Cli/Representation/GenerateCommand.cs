using System.CommandLine;
using System.Globalization;
using Detector.Models.Representation;
using Detector.Models.Scoring;
using Detector.Worker.Cli.Model;

namespace Detector.Worker.Cli.Representation;

/// <summary><c>detector generate</c>: new windows as a variational network believes normal ones to be.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var model = new RepresentationArguments();
        var count = NumberOption.Of("--count", "windows to draw", least: 1, most: 1_000_000, byDefault: 10, "a whole number from 1 to 1000000");
        var seed = NumberOption.Of("--seed", "the same seed draws the same windows", least: 0, most: int.MaxValue, byDefault: 1, "a whole number of at least 0");
        var command = new CommandWithExamples(
            "generate", "Draws new windows of normal operation from the prior of a model's variational network, in the units of its features.",
            "detector generate --state ./state --series pump-3 --count 100 --out windows.csv") { count, seed };
        model.AddTo(command);
        command.SetAction(arguments => model.Run(arguments, (manifest, trained) => TrainedNetwork.Generative(trained) is { } network
            ? Lines(network.Generate(arguments.GetValue(count), arguments.GetValue(seed)), trained, manifest.Window.PeriodTicks)
            : throw new ModelNotFoundException(
                $"The model has no network that generates windows; it has {string.Join(", ", trained.Networks)}. Train one with Model:Networks variational.")));
        return command;
    }

    private static IEnumerable<string> Lines(IEnumerable<double[]> windows, AnomalyModel model, long periodTicks)
    {
        yield return CsvText.Line(["window", "seconds", .. model.Features.Select(CsvText.Name)]);
        int window = 0;
        foreach (double[] values in windows)
        {
            int row = 0;
            foreach (double[] features in values.Chunk(model.Dimensions.Features))
            {
                string seconds = CsvText.Number(row++ * TimeSpan.FromTicks(periodTicks).TotalSeconds);
                yield return CsvText.Line([window.ToString(CultureInfo.InvariantCulture), seconds, .. features.Select(CsvText.Number)]);
            }

            window++;
        }
    }
}
