using System.Globalization;
using System.Text;
using Detector.Worker.Cli;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli.Backtest;

public sealed class BacktestRunTests : IDisposable
{
    private const int Count = 360;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Run_FileCutAfterARow_SameNumbersUpToThere()
    {
        string[] whole = Scores(Csv(Count));
        for (int cut = 201; cut < Count; cut += 53)
            Assert.Equal(whole.Take(1 + cut - TestPipeline.TrainRows), Scores(Csv(cut)));
    }

    [Fact]
    public void Run_LabelsChangedOrRemoved_ChangeNothing()
    {
        string[] without = Scores(Csv(Count));
        Assert.Equal(without, Scores(Csv(Count, row => row % 3 == 0)));
        Assert.Equal(without, Scores(Csv(Count, row => row > 300)));
        Assert.Contains(without, line => line.Split(',')[3] == "1");
    }

    [Fact]
    public void Run_Twice_SameNumbers()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Networks = ["denoising", "variational"];
        options.Model.Hidden = [12];
        string path = Csv(Count);
        Assert.Equal(Scores(path, options), Scores(path, options));
    }

    [Fact]
    public void Run_TrainedOnAnotherFileWithLateness_ScoresTheRowsOfTheInputOnly()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Window.AllowedLateness = TimeSpan.FromSeconds(5);
        string train = Csv(TestPipeline.TrainRows), input = Csv(100);
        using BacktestRun run = Create(options, null);
        CsvInput.Read(train, run);
        run.Finish();
        run.Train(CancellationToken.None);
        run.StartOver(Decoder());
        CsvInput.Read(input, run);
        run.Finish();

        Assert.Equal(TestPipeline.TrainRows, run.Learned!.Report!.Samples);
        Assert.Equal(Enumerable.Range(0, 100).Select(row => Rows.Time(row).UtcTicks), run.Rows.Select(row => row.Ticks));
        Assert.Equal(7, run.Rows.Count(row => row.Verdict is null));
    }

    [Fact]
    public void Run_RowsThatCannotBeUsed_AreCountedAndGetNoNumbers()
    {
        string path = Csv(Count);
        string[] lines = File.ReadAllLines(path);
        lines[250] = "soon,1,2,3";
        lines[251] = lines[249];
        File.WriteAllLines(path, lines);
        using BacktestRun run = Create(TestPipeline.Options(), TestPipeline.TrainRows);
        CsvInput.Read(path, run);
        run.Finish();

        Assert.Equal(Count - TestPipeline.TrainRows - 2, run.Rows.Count);
        Assert.Equal(1, run.Dropped[DropReason.BadTimestamp]);
        Assert.Equal(1, run.Dropped[DropReason.Duplicate]);
    }

    [Fact]
    public void Run_WithRetraining_DecidesOnChallengersAndScoresEveryRow()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Training.Retrain = new()
        {
            Every = TimeSpan.FromSeconds(100), Review = TimeSpan.FromSeconds(20), Handover = TimeSpan.FromSeconds(15), PoolRows = 800,
        };
        using BacktestRun run = Create(options, TestPipeline.TrainRows);
        CsvInput.Read(Csv(1200), run);
        run.Finish();

        Assert.NotEmpty(run.Decisions);
        Assert.Equal(1200 - TestPipeline.TrainRows, run.Rows.Count(row => row.Verdict is not null));
    }

    private static string[] Scores(string path, PipelineOptions? options = null)
    {
        using BacktestRun run = Create(options ?? TestPipeline.Options(), TestPipeline.TrainRows);
        CsvInput.Read(path, run);
        run.Finish();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        BacktestOutput.WriteScores(run.Rows, text);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static BacktestRun Create(PipelineOptions options, int? trainAfter)
    {
        options.Training.Warmup = TrainingOptions.Endless;
        return new BacktestRun(TestPipeline.Create(options), Decoder(), "s") { TrainAfter = trainAfter };
    }

    private static IDecoder Decoder() => CsvInput.Decoder("s", ["label"], TimeProvider.System);

    private string Csv(int rows, Func<int, bool>? label = null)
    {
        var text = new StringBuilder("timestamp,a,b,c").Append(label is null ? "\n" : ",label\n");
        for (int row = 0; row < rows; row++)
        {
            double[] values = Rows.Values(row, faultFrom: 320);
            text.Append(CultureInfo.InvariantCulture, $"{Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'},{values[0]:R},{values[1]:R},{values[2]:R}");
            text.Append(label is null ? "\n" : label(row) ? ",1\n" : ",0\n");
        }

        return _directory.Write($"{Guid.NewGuid():N}.csv", text.ToString());
    }
}
