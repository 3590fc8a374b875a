using System.CommandLine;
using Detector.Models.Compute;
using Detector.Models.Training;
using Detector.Worker.Cli.Logs;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Cli.Backtest;

/// <summary><c>detector backtest</c>: how a pipeline would have done on recorded data.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var input = new Option<FileInfo>("--input") { Description = "CSV file to score (plain or .gz)", HelpName = "CSV", Required = true };
        var train = new Option<FileInfo?>("--train") { Description = "CSV file of normal operation to learn from", HelpName = "CSV" };
        var trainRows = NumberOption.Rows("--train-rows", "learn from the first N rows of the input instead");
        var pipeline = new FilePipelineArguments("backtest");
        var scores = new Option<FileInfo?>("--scores") { Description = "write timestamp,score,threshold,anomaly,p_value for each scored row", HelpName = "CSV" };
        var report = new Option<FileInfo?>("--report") { Description = "write a page with the score against the threshold and every alert", HelpName = "HTML" };
        var output = new Option<string>("--output") { Description = "text or json", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var logs = new LogArguments();
        var command = new CommandWithExamples(
            "backtest",
            "Learns from the training part of recorded data and scores the rest exactly as the service would: each "
            + "number depends on earlier rows only.",
            "detector backtest --input pump.csv.gz --train-rows 400 --scores scores.csv",
            "detector backtest --input may.csv --train april.csv --report may.html --output json",
            "detector backtest --logs --input service.log --train-rows 50000",
            "detector backtest --logs --session blk_ --input hdfs.log.gz --train yesterday.log.gz") { input, train, trainRows, scores, report, output };
        pipeline.AddTo(command);
        logs.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(train) is null == result.GetResult(trainRows) is null)
                result.AddError("Say what to learn from: either --train CSV or --train-rows N.");
        });
        command.SetAction(result => pipeline.Find(result, result.GetRequiredValue(input).FullName) is { } found
            ? Run(found, new BacktestArguments(
                result.GetRequiredValue(input).FullName,
                result.GetValue(train)?.FullName,
                result.GetValue(trainRows),
                result.GetValue(scores)?.FullName,
                result.GetValue(report)?.FullName,
                result.GetValue(output) == "json",
                logs.Find(result)))
            : ExitCodes.Configuration);
        return command;
    }

    private static int Run(FilePipeline file, BacktestArguments arguments)
    {
        (string name, PipelineOptions options, _, _) = file;
        TimeProvider clock = TimeProvider.System;
        // The caller says what is training data; no warm-up ends by itself.
        options.Training.Warmup = TrainingOptions.Endless;
        var learner = new ModelLearner(
            name, ModelSettingsFactory.Create(options), options.Training.KeepVersions, store: null, ComputeDevice.Select("auto"), clock);
        var pipeline = new PipelineRuntime(name, options, configHash: "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline(name));
        string series = FileSeries.NameOf(arguments.Input);
        LogDecoder? logs = null;
        try
        {
            logs = arguments.Logs is { } chosen ? LogInput.Decoder(chosen, arguments.Train ?? arguments.Input, arguments.TrainRows, series, clock, options) : null;
            if (logs is not null)
                pipeline.Notes.Add(logs.Notes);
            using var run = new BacktestRun(pipeline, logs ?? CsvInput.Decoder(series, ["label"], clock), series)
            {
                TrainAfter = logs is null ? arguments.TrainRows : null,
                TrainAfterMessages = logs is null ? null : arguments.TrainRows,
                Progress = TrainingProgressBar.Create(),
            };
            if (arguments.Train is not null)
            {
                CsvInput.Read(arguments.Train, run);
                run.Finish();
                run.Train(CancellationToken.None);
                logs?.StartOver();
                run.StartOver(logs ?? CsvInput.Decoder(series, ["label"], clock));
            }

            CsvInput.Read(arguments.Input, run);
            run.Finish();
            if (run.Learned is null)
                throw new TrainingException($"'{arguments.Input}' has {run.Accepted} rows that can be read; --train-rows {arguments.TrainRows} leaves none to score.");
            BacktestOutput.Write(arguments, run, Console.Out);
            return ExitCodes.Ok;
        }
        catch (Exception error) when (error is TrainingException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"detector: {error.Message}");
            return ExitCodes.Failure;
        }
    }
}
