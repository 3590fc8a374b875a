using Detector.Benchmarks.Logs;
using Detector.Models.Compute;
using Detector.Models.Logs;
using Detector.Models.Logs.Sessions;

namespace Detector.EndToEnd.Tests.Recordings;

/// <summary>Templates and sessions of public logs: the goals hold, and somewhat more, so that a loss shows before they are missed.</summary>
public sealed class LogRecordingTests
{
    [Fact]
    public void Templates_OfSixteenSystems_AreGroupedAsMeasured()
    {
        string folder = PublicRecordings.Path("loghub_2k");
        var given = new List<double>();
        var recognised = new List<double>();
        foreach (LogHubSystem system in LogHubSystem.All)
        {
            LogLayout layout = LogLayout.Parse(system.Layout, out _)!;
            string[] truth = [.. LogFiles.Rows(Path.Combine(folder, $"{system.Name}_2k.events.csv.gz")).Select(row => row[1])];
            List<byte[]> lines = Lines(folder, system);
            given.Add(Grouping.Of(Ids(lines.Select(line => layout.TryRead(line, 0, out LogHeader header) ? header.Content.ToArray() : line)), truth).Accuracy);
            recognised.Add(Grouping.Of(Ids(lines.Select(line => LogHeaders.Read(line, 0).Content.ToArray())), truth).Accuracy);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"grouping accuracy {given.Average():F3}, {recognised.Average():F3} without the header"));
        Assert.True(given.Average() >= 0.975, $"The mean grouping accuracy is {given.Average():F3}.");
        Assert.True(recognised.Average() >= 0.955, $"The mean grouping accuracy without being told the header is {recognised.Average():F3}.");
    }

    /// <summary>What two workers see in different orders they name alike.</summary>
    [Fact]
    public void Templates_LinesInAnotherOrder_HaveTheSameIds()
    {
        string folder = PublicRecordings.Path("loghub_2k");
        var random = new Random(1);
        foreach (LogHubSystem system in LogHubSystem.All)
        {
            byte[][] lines = [.. Lines(folder, system).Select(line => LogHeaders.Read(line, 0).Content.ToArray())];
            int[] order = [.. Enumerable.Range(0, lines.Length)];
            random.Shuffle(order);
            string[] expected = Ids(lines), shuffled = Ids(order.Select(i => lines[i]));
            int same = order.Where((line, place) => expected[line] == shuffled[place]).Count();
            TestContext.Current.TestOutputHelper!.WriteLine($"{system.Name}: {same} of {lines.Length}");
            Assert.Equal(lines.Length, same);
        }
    }

    [Fact]
    public void Sessions_OfHdfs_AreFoundByWhatTheServiceSees()
    {
        string folder = PublicRecordings.Path("logs_hdfs");
        ulong[][] normal = [.. LogFiles.Sessions(Path.Combine(folder, "train_normal.csv.gz")).Select(session => session.Events)];
        using SessionModel model = SessionModel.Train(normal, new SessionModelOptions { Network = null }, ComputeDevice.Select("cpu"), TimeProvider.System);
        double hits = LogFiles.Sessions(Path.Combine(folder, "test_abnormal.csv.gz")).Count(session => model.Judge(session.Events).IsAnomalous);
        double misses = LogFiles.Sessions(Path.Combine(folder, "test_abnormal.csv.gz")).Count - hits;
        const double Weight = 99.12; // sessions that each of the sample stands for
        double falseAlarms = Weight * LogFiles.Sessions(Path.Combine(folder, "test_normal_sample.csv.gz")).Count(session => model.Judge(session.Events).IsAnomalous);
        double f1 = 2 * hits / (2 * hits + misses + falseAlarms);
        Assert.True(f1 >= 0.98, $"F1 is {f1:F4}.");
    }

    private static List<byte[]> Lines(string folder, LogHubSystem system) => LogFiles.Lines(Path.Combine(folder, $"{system.Name}_2k.log.gz"));

    private static string[] Ids(IEnumerable<byte[]> contents)
    {
        var miner = new TemplateMiner();
        ulong[] first = [.. contents.Select(content => miner.Add(content, out _).Number)];
        return [.. first.Select(number => miner.Find(number)!.Id)];
    }
}
