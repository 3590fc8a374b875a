using System.Diagnostics;
using System.Globalization;
using System.Text;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Benchmarks;

/// <summary>
/// The service as a process of its own, with a stored model of the three default networks: from its start to the first score that stands in a file, and what it
/// takes of memory.
/// </summary>
internal static class StartupBenchmark
{
    private const int Runs = 5, TrainRows = 1200, Rows = 200;

    public static void Run(Report report)
    {
        string directory = Directory.CreateTempSubdirectory("detector-startup-").FullName;
        try
        {
            string config = Prepare(directory);
            double[][] runs = [.. Enumerable.Range(0, Runs).Select(run => Start(config, Path.Combine(directory, FormattableString.Invariant($"scores-{run}.jsonl"))))];
            report.Table(
                $"`detector run` from its start to the first score, a stored model of three networks, {Runs} runs", "least ms", "median ms", "CPU ms until then, least", "MB resident then, median");
            report.Row(
                Math.Round(runs.Min(run => run[0])), Math.Round(Median(runs, 0)), Math.Round(runs.Min(run => run[1])), Math.Round(Median(runs, 2)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static double Median(double[][] runs, int figure) => runs.Select(run => run[figure]).Order().ElementAt(Runs / 2);

    /// <summary>Has a model trained; returns the configuration of the service.</summary>
    private static string Prepare(string directory)
    {
        string training = Write(Path.Combine(directory, "training.csv"), 0, TrainRows), input = Write(Path.Combine(directory, "input.csv"), TrainRows, Rows);
        string config = Path.Combine(directory, "config.json");
        File.WriteAllText(config, $$"""
            { "Detector": {
              "Sources": { "recording": { "Type": "file", "Path": "{{input}}", "Decode": { "Format": "csv", "Series": "=pump", "Timestamp": "timestamp" } } },
              "Pipelines": { "pumps": { "Sources": ["recording"], "Window": { "Length": "00:00:32", "Period": "00:00:01" }, "ScoreSinks": ["scores"] } },
              "Sinks": { "scores": { "Type": "file", "Path": "{{directory}}/scores.jsonl" } },
              "Http": { "Port": 0 },
              "State": { "Directory": "{{directory}}/state" } } }
            """);
        using Process train = Detector("train", "--input", training, "--series", "pump", "--config", config);
        string said = train.StandardError.ReadToEnd();
        train.WaitForExit();
        return train.ExitCode == 0 ? config : throw new InvalidOperationException($"The training failed: {said}");
    }

    private static string Write(string path, int first, int rows)
    {
        var pump = new PumpSimulator(1);
        double[] values = new double[PumpSimulator.Sensors.Count];
        var text = new StringBuilder($"timestamp,{string.Join(',', PumpSimulator.Sensors)}\n");
        for (int i = 0; i < first + rows; i++)
        {
            pump.Next(null, 0, values);
            if (i >= first)
                text.Append(CultureInfo.InvariantCulture, $"{PlantMessages.Start.AddSeconds(i):yyyy-MM-ddTHH:mm:ssZ},{string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}\n");
        }

        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <returns>Milliseconds, those of the processor, and MB resident, when the first score is there.</returns>
    private static double[] Start(string config, string scores)
    {
        string state = Path.Combine(Path.GetDirectoryName(scores)!, "state", "state"); // what the run before has read already
        if (Directory.Exists(state))
            Directory.Delete(state, recursive: true);
        long started = Stopwatch.GetTimestamp();
        using Process service = Detector("run", "--config", config, "--set", $"Sinks:scores:Path={scores}");
        service.ErrorDataReceived += (_, _) => { };
        service.BeginErrorReadLine();
        while (!service.HasExited && (!File.Exists(scores) || new FileInfo(scores).Length == 0))
            Thread.Sleep(1);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        service.Refresh();
        double[] figures = service.HasExited
            ? throw new InvalidOperationException("The service ended before its first score.")
            : [milliseconds, service.TotalProcessorTime.TotalMilliseconds, service.WorkingSet64 / 1048576.0];
        service.Kill();
        service.WaitForExit();
        return figures;
    }

    private static Process Detector(params string[] arguments) => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "detector"), arguments)
    {
        RedirectStandardError = true, RedirectStandardOutput = true, // neither says much
    })!;
}
