using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Train;

/// <summary>What a training stored, for machines.</summary>
/// <param name="Directory">Folder of the artifact.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="Dropped">Rows that could not be used, by reason.</param>
/// <param name="Training">How training went.</param>
internal sealed record TrainSummary(
    string Pipeline,
    string Series,
    string Version,
    string Directory,
    long Bytes,
    IReadOnlyList<string> Features,
    int WindowRows,
    TimeSpan Period,
    DateTimeOffset From,
    DateTimeOffset To,
    double Threshold,
    IReadOnlyDictionary<string, int> Dropped,
    TrainingReport Training)
{
    public static TrainSummary Of(ArtifactManifest manifest, string directory, BacktestRun run) => new(
        manifest.Pipeline,
        manifest.Key,
        manifest.Version,
        directory,
        new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length),
        manifest.Features,
        manifest.Window.LengthRows,
        TimeSpan.FromTicks(manifest.Window.PeriodTicks),
        manifest.Training!.From,
        manifest.Training.To,
        run.Learned!.Threshold.Value,
        run.Dropped.ToDictionary(pair => pair.Key.Label(), pair => pair.Value, StringComparer.Ordinal),
        run.Learned.Report!);
}
