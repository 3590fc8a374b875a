using Detector.Benchmarks;

// dotnet run -c Release --project tests/Detector.Benchmarks [decode] [window] [score] [train] [pipeline] [skab]
// dotnet run -c Release --project tests/Detector.Benchmarks fuzz [--messages 1000000] [--seed 77]
if (args is ["fuzz", ..])
    return FuzzCommand.Run(args[1..]);

var all = new Dictionary<string, Action<Report>>(StringComparer.Ordinal)
{
    ["decode"] = DecodeBenchmark.Run,
    ["window"] = WindowBenchmark.Run,
    ["score"] = ScoreBenchmark.Run,
    ["train"] = TrainBenchmark.Run,
    ["pipeline"] = PipelineBenchmark.Run,
    ["skab"] = SkabBenchmark.Run,
};

string[] chosen = args.Length == 0 ? [.. all.Keys.Where(name => name != "skab")] : args;
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
