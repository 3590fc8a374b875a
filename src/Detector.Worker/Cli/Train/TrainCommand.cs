using System.CommandLine;
using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Training;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Cli.Train;

/// <summary><c>detector train</c>: a model from a recording, stored where the service looks for it.</summary>
internal static class TrainCommand
{
    private const string NoState = "Say where the model is kept: --state DIR, or --config FILE, whose State:Directory it is then.";

    public static Command Create()
    {
        var input = new Option<FileInfo>("--input") { Description = "CSV file of normal operation (plain or .gz)", HelpName = "CSV", Required = true };
        var pipeline = new FilePipelineArguments("default");
        var series = new Option<string?>("--series") { Description = "series that the file stands for (default: the file's name)", HelpName = "NAME" };
        var state = new Option<DirectoryInfo?>("--state") { Description = "state directory that the model goes to (default: the configuration's State:Directory)", HelpName = "DIR" };
        var report = new Option<FileInfo?>("--report") { Description = "write a page with loss curves, score tail, residuals and latent codes", HelpName = "HTML" };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "train",
            "Trains a pipeline's model on recorded normal operation and stores it where the service looks for it: a service with this pipeline scores "
            + "the series from its first full window, without a warm-up.",
            "detector train --input pump-3.csv.gz --config config.json",
            "detector train --input pump-3.csv --state ./state --set Model:Networks:0=variational --report training.html") { input, series, state, report, output };
        pipeline.AddTo(command);
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(input).FullName;
            TextWriter error = result.InvocationConfiguration.Error;
            if (pipeline.Find(result, path) is not { } found)
                return ExitCodes.Configuration;
            if ((result.GetValue(state)?.FullName ?? found.StateDirectory) is not { } directory)
            {
                error.WriteLine($"detector: {NoState}");
                return ExitCodes.Usage;
            }

            var arguments = new TrainArguments(
                path, directory, result.GetValue(series) ?? FileSeries.NameOf(path), result.GetValue(report)?.FullName, Choice.Value<OutputFormat>(result, output));
            using var signals = new StopSignals();
            return Run(found, arguments, result.InvocationConfiguration.Output, error, signals.Token);
        });
        return command;
    }

    private static int Run(FilePipeline file, TrainArguments arguments, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            TrainSummary summary = Train(file, arguments, stop);
            TrainOutput.Write(summary, arguments.Output, output);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("detector: the training was stopped, and nothing is stored.");
            return ExitCodes.Failure;
        }
        catch (Exception problem) when (problem is TrainingException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.WriteLine($"detector: {problem.Message}");
            return ExitCodes.Failure;
        }
    }

    private static TrainSummary Train(FilePipeline file, TrainArguments arguments, CancellationToken stop)
    {
        (string name, PipelineOptions options, _, string device) = file;
        TimeProvider clock = TimeProvider.System;
        // The whole file is training data; no warm-up ends by itself.
        options.Training.Warmup = TrainingOptions.Endless;
        var store = new ArtifactStore(StateOptions.Models(arguments.State));
        var learner = new ModelLearner(name, ModelSettingsFactory.Create(options), options.Training.KeepVersions, store, Device(device), clock);
        var pipeline = new PipelineRuntime(name, options, configHash: "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline(name));
        using var run = new BacktestRun(pipeline, CsvInput.Decoder(arguments.Series, ["label"], clock), arguments.Series) { Progress = TrainingProgressBar.Create() };
        CsvInput.Read(arguments.Input, run);
        run.Finish();
        if (run.Accepted == 0)
            throw new TrainingException($"'{arguments.Input}' has no row that can be learned from{Reasons(run.Dropped)}.");
        run.Train(stop);

        // What is told is what lies in the store, read back and verified.
        string key = pipeline.IsShared ? ArtifactManifest.SharedKey : arguments.Series;
        string version = run.Learned!.Version;
        if (!store.TryLoad(name, key, version, out Artifact? artifact, out string? refusal))
            throw new InvalidDataException(refusal);
        if (arguments.Report is not null)
        {
            using var page = new StreamWriter(arguments.Report);
            TrainingPage.Write(artifact.Manifest, page);
        }

        return TrainSummary.Of(artifact.Manifest, store.DirectoryOf(name, key, version), run);
    }

    private static ComputeDevice Device(string name)
    {
        try
        {
            return ComputeDevice.Select(name);
        }
        catch (ArgumentException error)
        {
            throw new TrainingException(error.Message, error);
        }
    }

    private static string Reasons(IReadOnlyDictionary<DropReason, int> dropped) => dropped.Count == 0
        ? ""
        : $": {string.Join(", ", dropped.Select(pair => FormattableString.Invariant($"{pair.Value} dropped as {pair.Key.Label()}")))}";
}
