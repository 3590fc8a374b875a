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
/// Verdicts on the pump test rig of SKAB, one model a file on its first 400 rows, all files pooled; and again with a fifth of all rows dropped at random,
/// those learned from included, in several draws. A dropped row has no score: it is judged by the verdict that holds at its time, the last one before
/// it. All are counted over the same rows, those after the training. The folder is named by DETECTOR_DATA, or found beside the repository.
/// </summary>
internal static class ThinnedSkabBenchmark
{
    public const string Name = "skab-thinned";

    private const int TrainRows = 400;
    private const double DroppedShare = 0.2;
    private const int Draws = 3;

    public static void Run(Report report)
    {
        string[] files = Files();
        if (files.Length == 0)
            return;
        report.Table(
            $"SKAB, {files.Length} files pooled, rows dropped at random; a dropped row is judged by the last verdict", "rows", "F1", "F1 lost %", "FAR %", "MAR %");
        Confusion whole = JudgeHeld(files, 0, 0, 0);
        report.Row("all", Round(whole.F1), "", Round(100 * whole.FalseAlarmRate), Round(100 * whole.MissRate));
        Lost("all, learned from a fifth fewer of them (the oldest)", JudgeHeld(files, DroppedShare, 0, 0, oldest: true));
        double lost = 0;
        for (int draw = 1; draw <= Draws; draw++)
        {
            lost += Lost($"a fifth dropped, draw {draw}", JudgeHeld(files, DroppedShare, DroppedShare, draw)) / Draws;
            Lost($"a fifth dropped after the training only, draw {draw}", JudgeHeld(files, 0, DroppedShare, draw));
        }

        report.Row("**a fifth dropped, mean of the draws**", Round((1 - lost) * whole.F1), Round(100 * lost), "", "");

        double Lost(string name, Confusion fewer)
        {
            double share = 1 - fewer.F1 / whole.F1;
            report.Row(name, Round(fewer.F1), Round(100 * share), Round(100 * fewer.FalseAlarmRate), Round(100 * fewer.MissRate));
            return share;
        }
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

    private static Confusion JudgeHeld(string[] files, double droppedFirst, double dropped, int draw, bool oldest = false)
    {
        var total = new Confusion();
        for (int i = 0; i < files.Length; i++)
        {
            var thinning = new Thinning(TrainRows, droppedFirst, dropped, seed: draw * 1000 + i, oldest);
            using BacktestRun run = CreateRun(files[i], thinning.FirstLeft);
            CsvInput.Read(files[i], new ThinnedInput(run, thinning));
            run.Finish();

            Dictionary<long, bool> verdicts = run.Rows.ToDictionary(row => row.Ticks, row => row.Verdict is { Anomalous: true });
            bool held = false;
            foreach ((long ticks, bool label) in Labels(files[i]).OrderBy(pair => pair.Key).Skip(TrainRows))
            {
                held = verdicts.GetValueOrDefault(ticks, held);
                total.Count(held, label);
            }
        }

        return total;
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
