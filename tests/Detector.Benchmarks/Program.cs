using System.CommandLine;
using Detector.Benchmarks;
using Detector.Benchmarks.Accuracy;
using Detector.Benchmarks.Logs;
using Detector.Benchmarks.Models;

// dotnet run -c Release --project tests/Detector.Benchmarks [decode] [window] [score] [train] [pipeline] [alerts] [delivery] [kafka] [skab-thinned] [mqtt]
// dotnet run -c Release --project tests/Detector.Benchmarks accuracy|calibration|contamination|defaults|models|logs|fuzz --help
if (args is ["broker"])
    return KafkaBenchmark.Serve();
if (args is ["accuracy" or "calibration" or "contamination" or "defaults" or "models" or "logs" or "fuzz", ..])
    return new RootCommand { AccuracyCommand.Create(), CalibrationCommand.Create(), ContaminationCommand.Create(), DefaultsCommand.Create(), ModelsCommand.Create(), LogsCommand.Create(), FuzzCommand.Create() }.Parse(args).Invoke();

var all = new Dictionary<string, Action<Report>>(StringComparer.Ordinal)
{
    ["decode"] = DecodeBenchmark.Run,
    ["window"] = WindowBenchmark.Run,
    ["score"] = ScoreBenchmark.Run,
    ["train"] = TrainBenchmark.Run,
    ["pipeline"] = PipelineBenchmark.Run,
    ["alerts"] = AlertBenchmark.Run,
    ["delivery"] = DeliveryBenchmark.Run,
    ["kafka"] = KafkaBenchmark.Run,
    [ThinnedSkabBenchmark.Name] = ThinnedSkabBenchmark.Run,
    ["mqtt"] = MqttBenchmark.Run,
};

// The last two need data and a mosquitto, so they run only when asked for.
string[] chosen = args.Length == 0 ? [.. all.Keys.SkipLast(2)] : args;
foreach (string name in chosen)
{
    if (!all.ContainsKey(name))
    {
        Console.Error.WriteLine($"There is no benchmark '{name}'; choose from {string.Join(", ", all.Keys)}.");
        return 64;
    }
}

var report = new Report(Console.Out);
report.Machine();
foreach (string name in chosen)
    all[name](report);
return 0;
