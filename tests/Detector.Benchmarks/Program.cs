using System.CommandLine;
using System.Globalization;
using Detector.Benchmarks;
using Detector.Benchmarks.Accuracy;
using Detector.Benchmarks.Feedback;
using Detector.Benchmarks.Logs;
using Detector.Benchmarks.Models;

// dotnet run -c Release --project tests/Detector.Benchmarks [decode] [window] [score] [threshold] [train] [pipeline] [bank] [growth] [alerts] [delivery] [kafka] [skab-thinned] [mqtt] [device] [startup] [--write FILE]
// dotnet run -c Release --project tests/Detector.Benchmarks accuracy|calibration|contamination|defaults|models|logs|fuzz|feedback --help
if (args is ["broker"])
    return KafkaBenchmark.Serve();
if (args is ["messages", var file])
    return MessagesCommand.Run(file);
Command[] commands =
[
    AccuracyCommand.Create(), CalibrationCommand.Create(), ContaminationCommand.Create(), DefaultsCommand.Create(), ModelsCommand.Create(), LogsCommand.Create(),
    FuzzCommand.Create(), FeedbackCommand.Create(),
];
if (args is [var first, ..] && commands.Any(command => command.Name == first))
{
    var root = new RootCommand();
    foreach (Command command in commands)
        root.Add(command);
    return root.Parse(args).Invoke();
}

var all = new Dictionary<string, Action<Report>>(StringComparer.Ordinal)
{
    ["decode"] = DecodeBenchmark.Run,
    ["window"] = WindowBenchmark.Run,
    ["score"] = ScoreBenchmark.Run,
    ["threshold"] = ThresholdBenchmark.Run,
    ["train"] = TrainBenchmark.Run,
    ["pipeline"] = PipelineBenchmark.Run,
    ["bank"] = BankBenchmark.Run,
    ["growth"] = GrowthBenchmark.Run,
    ["alerts"] = AlertBenchmark.Run,
    ["delivery"] = DeliveryBenchmark.Run,
    ["kafka"] = KafkaBenchmark.Run,
    [ThinnedSkabBenchmark.Name] = ThinnedSkabBenchmark.Run,
    ["mqtt"] = MqttBenchmark.Run,
    ["device"] = DeviceBenchmark.Run,
    ["startup"] = StartupBenchmark.Run,
};

// The last ones need data, a mosquitto, a device worth looking at or time of their own, so they run only when asked for.
string? document = args is [.., "--write", var path] ? path : null;
string[] named = document is null ? args : args[..^2];
string[] chosen = named.Length == 0 ? [.. all.Keys.SkipLast(4)] : named;
foreach (string name in chosen)
{
    if (!all.ContainsKey(name))
    {
        Console.Error.WriteLine($"There is no benchmark '{name}'; choose from {string.Join(", ", all.Keys)}.");
        return 64;
    }
}

new Report(Console.Out).Machine();
foreach (string name in chosen)
{
    if (document is null)
    {
        all[name](new Report(Console.Out));
        continue;
    }

    using var text = new StringWriter(CultureInfo.InvariantCulture);
    var report = new Report(text);
    report.Machine();
    all[name](report);
    MarkedSection.Replace(document, text.ToString(), name);
    Console.Error.WriteLine($"{name}: written into {document}");
}

return 0;
