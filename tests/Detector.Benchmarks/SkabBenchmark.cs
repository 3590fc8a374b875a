using System.Globalization;
using System.IO.Compression;
using Detector.Models.Compute;
using Detector.Worker.Cli;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;

namespace Detector.Benchmarks;

/// <summary>
/// Verdicts on the pump test rig of SKAB: one model a file on its first 400 rows, every later row judged, all files pooled. The folder is
/// named by DETECTOR_DATA, or found beside the repository.
/// </summary>
internal static class SkabBenchmark
{
    private const int TrainRows = 400;
    private const double DroppedShare = 0.2;

    public static void Run(Report report)
    {
        string[] files = Files();
        if (files.Length == 0)
            return;

        report.Table($"SKAB, {files.Length} files, defaults, causal, one false alarm a week stated", "file", "F1", "FAR %", "MAR %", "average precision", "threshold");
        var total = new Confusion();
        double precision = 0;
        foreach (string file in files)
        {
            (Confusion confusion, double average, double threshold) = Judge(file);
            total.Add(confusion);
            precision += average;
            report.Row(FileSeries.NameOf(file), Round(confusion.F1), Round(100 * confusion.FalseAlarmRate), Round(100 * confusion.MissRate), Round(average), Round(threshold));
        }

        report.Row("**pooled**", Round(total.F1), Round(100 * total.FalseAlarmRate), Round(100 * total.MissRate), Round(precision / files.Length), "");
    }

    /// <summary>
    /// The same, and once more with a fifth of all rows dropped at random, those learned from included. A dropped row has no score: it is judged
    /// by the verdict that holds at its time, the last one before it. Both are counted over the same rows, all those after the training.
    /// </summary>
    public static void RunThinned(Report report)
    {
        string[] files = Files();
        if (files.Length == 0)
            return;
        report.Table($"SKAB, {files.Length} files, a fifth of the rows dropped at random; a dropped row is judged by the last verdict", "file", "F1 of all rows", "F1 with a fifth dropped", "FAR % of all", "FAR % with a fifth dropped");
        var whole = new Confusion();
        var thinned = new Confusion();
        for (int i = 0; i < files.Length; i++)
        {
            Confusion all = JudgeHeld(files[i], 0, i), fewer = JudgeHeld(files[i], DroppedShare, i);
            whole.Add(all);
            thinned.Add(fewer);
            report.Row(FileSeries.NameOf(files[i]), Round(all.F1), Round(fewer.F1), Round(100 * all.FalseAlarmRate), Round(100 * fewer.FalseAlarmRate));
        }

        report.Row("**pooled**", Round(whole.F1), Round(thinned.F1), Round(100 * whole.FalseAlarmRate), Round(100 * thinned.FalseAlarmRate));
        Console.WriteLine(FormattableString.Invariant($"\nF1 lost: {100 * (1 - thinned.F1 / whole.F1):F2} %"));
    }

    private static string[] Files()
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("DETECTOR_DATA") ?? "../shared/data", "skab");
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.csv.gz").Where(path => !path.Contains("anomaly-free", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : [];
        if (files.Length == 0)
            Console.WriteLine($"No data: '{folder}' holds no *.csv.gz; name the folder above it in DETECTOR_DATA.");
        return files;
    }

    private static Confusion JudgeHeld(string file, double dropped, int seed)
    {
        // Which rows are dropped depends on the seed alone; the model learns from what is left of the first ones.
        using BacktestRun run = CreateRun(file, ThinnedInput.Passes(TrainRows, dropped, seed));
        CsvInput.Read(file, new ThinnedInput(run, dropped, seed));
        run.Finish();

        Dictionary<long, bool> verdicts = run.Rows.ToDictionary(row => row.Ticks, row => row.Verdict is { Anomalous: true });
        var confusion = new Confusion();
        bool held = false;
        foreach ((long ticks, bool label) in Labels(file).OrderBy(pair => pair.Key).Skip(TrainRows))
        {
            held = verdicts.GetValueOrDefault(ticks, held);
            confusion.Count(held, label);
        }

        return confusion;
    }

    private static (Confusion Confusion, double AveragePrecision, double Threshold) Judge(string file)
    {
        using BacktestRun run = CreateRun(file, TrainRows);
        CsvInput.Read(file, run);
        run.Finish();

        Dictionary<long, bool> labels = Labels(file);
        (double Score, bool Label)[] scored =
            [.. run.Rows.Where(row => row.Verdict is not null).Select(row => (row.Verdict!.Value.Score, labels[row.Ticks]))];
        var confusion = new Confusion();
        foreach (BacktestRow row in run.Rows)
            confusion.Count(row.Verdict is { Anomalous: true }, labels[row.Ticks]);
        return (confusion, AveragePrecision(scored), run.Learned!.Threshold.Value);
    }

    private static BacktestRun CreateRun(string file, int? trainAfter)
    {
        var options = new PipelineOptions();
        options.Training.Warmup = TimeSpan.FromDays(365_000);
        var learner = new ModelLearner("skab", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("auto"), TimeProvider.System);
        var pipeline = new PipelineRuntime(
            "skab", options, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline("skab"));
        string series = FileSeries.NameOf(file);
        return new BacktestRun(pipeline, CsvInput.Decoder(series, ["label"], TimeProvider.System), series) { TrainAfter = trainAfter };
    }

    private static Dictionary<long, bool> Labels(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        var labels = new Dictionary<long, bool>();
        while (reader.ReadLine() is { } line)
        {
            DateTime time = DateTime.Parse(line[..line.IndexOf(',')], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
            labels[time.Ticks] = line.EndsWith(",1", StringComparison.Ordinal) || line.EndsWith(",1.0", StringComparison.Ordinal);
        }

        return labels;
    }

    private static double AveragePrecision((double Score, bool Label)[] scored)
    {
        double sum = 0;
        int found = 0;
        int rank = 0;
        foreach ((_, bool label) in scored.OrderByDescending(pair => pair.Score))
        {
            rank++;
            if (label)
                sum += (double)++found / rank;
        }

        return found == 0 ? 0 : sum / found;
    }

    private static double Round(double value) => Math.Round(value, 3);

    private sealed class Confusion
    {
        private int _truePositives;
        private int _falsePositives;
        private int _trueNegatives;
        private int _falseNegatives;

        public double F1 => Share(2 * _truePositives, 2 * _truePositives + _falsePositives + _falseNegatives);

        public double FalseAlarmRate => Share(_falsePositives, _falsePositives + _trueNegatives);

        public double MissRate => Share(_falseNegatives, _falseNegatives + _truePositives);

        public void Count(bool anomalous, bool label)
        {
            _truePositives += anomalous && label ? 1 : 0;
            _falsePositives += anomalous && !label ? 1 : 0;
            _falseNegatives += !anomalous && label ? 1 : 0;
            _trueNegatives += !anomalous && !label ? 1 : 0;
        }

        public void Add(Confusion other)
        {
            _truePositives += other._truePositives;
            _falsePositives += other._falsePositives;
            _trueNegatives += other._trueNegatives;
            _falseNegatives += other._falseNegatives;
        }

        private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
    }
}
