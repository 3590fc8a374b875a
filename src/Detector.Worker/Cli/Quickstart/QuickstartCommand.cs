using System.CommandLine;
using Detector.Worker.Cli.Logs;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Hosting;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Learning;
using Detector.Worker.Mqtt;
using Detector.Worker.Telemetry;
using Detector.Worker.Telemetry.Logging;
using Spectre.Console;

namespace Detector.Worker.Cli.Quickstart;

/// <summary><c>detector quickstart</c>: the main job with nothing installed.</summary>
internal static class QuickstartCommand
{
    private const string Kafka = "kafka";
    private const int PlantSeed = 7;
    private const int DefaultTrainRows = 400;

    public static Command Create()
    {
        var input = new Option<FileInfo?>("--input") { Description = "CSV file to replay instead of the simulated plant (plain or .gz)", HelpName = "CSV" };
        var trainRows = NumberOption.Rows("--train-rows", $"rows of the CSV to learn from (default {DefaultTrainRows}, at most half of the file)");
        var minutes = NumberOption.Of("--minutes", "how long the simulated plant runs; 0 = until Ctrl-C", least: 0.0, most: 1440, byDefault: 5, "minutes from 0 to 1440, a day");
        var port = NumberOption.Of("--port", "port for /metrics; 0 = a free one", least: 0, most: 65_535, byDefault: 9464, "a port from 0 to 65535");
        var broker = Choice.Of("--broker", "broker to run on: an embedded one with Kafka's protocol, or a mosquitto that is installed here", Kafka, MqttProtocol.Type);
        var state = new Option<DirectoryInfo?>("--state") { Description = "directory to keep the models in (default: a temporary one, removed at the end)" };
        var logs = new LogArguments();
        Option<string[]> model = NetworkOption.Create("--model", "networks that watch, by name");
        var command = new CommandWithExamples(
            "quickstart",
            "Runs the main job with nothing installed: an embedded Kafka-protocol broker, a simulated plant (or a CSV "
            + "file) that is produced to it, training, scoring, and alerts on the terminal and on the topic.",
            "detector quickstart",
            "detector quickstart --minutes 2",
            "detector quickstart --broker mqtt",
            "detector quickstart --model sparse,recurrent",
            "detector quickstart --input pump.csv.gz --train-rows 400",
            "detector quickstart --logs",
            "detector quickstart --logs --input service.log --train-rows 20000") { input, trainRows, minutes, port, broker, state, model };
        logs.AddTo(command);
        command.Validators.Add(result =>
        {
            if (logs.IsChosen(result) && result.GetValue(broker) == MqttProtocol.Type)
                result.AddError("--logs runs on the embedded broker: leave --broker out.");
        });
        command.SetAction(async (result, _) =>
        {
            using var signals = new StopSignals();
            var arguments = new QuickstartArguments(
                result.GetValue(input)?.FullName, result.GetValue(trainRows), result.GetValue(minutes), result.GetValue(port), result.GetValue(state)?.FullName,
                result.GetValue(broker)!, result.GetValue(model) ?? [], logs.Find(result));
            return await RunAsync(arguments, signals.Token).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(QuickstartArguments arguments, CancellationToken stop)
    {
        TimeProvider clock = TimeProvider.System;
        IFeed feed;
        TrainingOptions training;
        LogOptions? lines = null;
        try
        {
            (feed, training) = arguments.Logs is { } chosen ? CreateLogFeed(arguments, chosen, clock, out lines) : CreateFeed(arguments, clock);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"detector: {error.Message}");
            return ExitCodes.Usage;
        }

        string state = arguments.State ?? Directory.CreateTempSubdirectory("detector-quickstart-").FullName;
        bool terminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        try
        {
            using var context = new ServiceContext(
                new LogWriter(Console.Error, LogFormat.Text, color: false, terminal ? LogLevel.Error : LogLevel.Warning, clock),
                new DetectorMetrics(ProcessMetrics.NewRegistry()),
                clock);
            using IQuickstartBroker broker = arguments.Broker == Kafka ? new KafkaQuickstartBroker(QuickstartSession.Topics) : new MqttQuickstartBroker();
            DetectorOptions options = lines is null
                ? QuickstartConfiguration.Create(broker, state, arguments.Port, training, feed is PlantFeed ? TimeSpan.FromSeconds(1) : null, arguments.Networks)
                : QuickstartConfiguration.ForLogs(broker, state, arguments.Port, training, lines, arguments.Networks);
            string hash = EffectiveValues.Hash(EffectiveValues.Of(options));
            var service = new DetectorService(options, hash, context);
            await using var session = new QuickstartSession(feed, broker, service, clock);
            await session.StartAsync(stop).ConfigureAwait(false);
            QuickstartText.WriteIntroduction(Console.Out, feed, broker, service);
            Show(session, terminal, stop);
            QuickstartText.WriteSummary(Console.Out, session);
            return session.Failed ? ExitCodes.Failure : ExitCodes.Ok;
        }
        catch (IOException error)
        {
            Console.Error.WriteLine($"detector: {error.Message}");
            return ExitCodes.Failure;
        }
        finally
        {
            if (arguments.State is null)
                Directory.Delete(state, recursive: true);
        }
    }

    private static void Show(QuickstartSession session, bool terminal, CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        IQuickstartDisplay display = terminal ? new TableDisplay(AnsiConsole.Console) : new LineDisplay(Console.Out);
        var thread = new Thread(() => display.Run(session, ended.Token)) { Name = "display", IsBackground = true };
        thread.Start();
        session.Wait(stop);
        session.Stop();
        ended.Cancel();
        thread.Join();
    }

    private static (IFeed Feed, TrainingOptions Training) CreateLogFeed(QuickstartArguments arguments, LogChoice chosen, TimeProvider clock, out LogOptions lines)
    {
        if (arguments.Input is null)
        {
            TimeSpan duration = arguments.Minutes > 0 ? TimeSpan.FromMinutes(arguments.Minutes) : TimeSpan.FromDays(1);
            lines = new LogOptions { Bucket = chosen.Bucket ?? ServiceFeed.Bucket, Learn = ServiceFeed.Learn, Session = chosen.Session, Layout = chosen.Layout };
            return (new ServiceFeed(duration, PlantSeed, clock), new TrainingOptions { Warmup = ServiceFeed.Warmup });
        }

        var feed = new LogFileFeed(arguments.Input, clock);
        int count = arguments.TrainRows ?? feed.Lines / 2;
        if (count < 1 || count >= feed.Lines)
            throw new InvalidDataException($"--train-rows {count} leaves nothing to watch: '{arguments.Input}' has {feed.Lines} lines.");
        lines = LogInput.Options(chosen, arguments.Input, count, clock);
        return (feed, new TrainingOptions { Warmup = lines.Learn * 3, MinSamples = 100 });
    }

    private static (IFeed Feed, TrainingOptions Training) CreateFeed(QuickstartArguments arguments, TimeProvider clock)
    {
        if (arguments.Input is null)
        {
            // A day stands for "until Ctrl-C"; event time must not run ahead of the clock.
            TimeSpan duration = arguments.Minutes > 0 ? TimeSpan.FromMinutes(arguments.Minutes) : TimeSpan.FromDays(1);
            return (new PlantFeed(duration, PlantSeed, clock), new TrainingOptions { Warmup = PlantFeed.Warmup });
        }

        var feed = new CsvFeed(arguments.Input, clock);
        int rows = arguments.TrainRows ?? Math.Min(DefaultTrainRows, feed.Rows / 2);
        if (rows < 1 || rows >= feed.Rows)
            throw new InvalidDataException($"--train-rows {rows} leaves nothing to watch: '{arguments.Input}' has {feed.Rows} rows.");
        feed.TrainRows = rows;
        return (feed, new TrainingOptions { Warmup = feed.TimeOf(rows) - feed.TimeOf(0), MinSamples = rows / 2 });
    }
}
