using System.Globalization;
using System.Text;
using Detector.Tests.Messages;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Telemetry;
using Detector.Worker.Tests.Pipeline;
using Prometheus;

namespace Detector.Worker.Tests.Decoding.Logs;

public sealed class LogDecoderTests
{
    private static readonly DateTime s_start = new(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly FakeClock _clock = new();
    private readonly SampleLog _log = new();

    /// <summary>What came after the lines that were learned from.</summary>
    private List<LoggedSample> Samples => [.. _log.Samples.Where(sample => sample.Time > s_start.AddSeconds(100))];

    [Fact]
    public void Decode_TwoBuckets_CountsLinesOfEachTemplate()
    {
        LogDecoder decoder = Learned();
        Feed(decoder, (100, "INFO job 1 done"), (103, "INFO job 2 done"), (104, "WARN job 3 slow"), (112, "INFO job 4 done"));
        decoder.Finish(_log);

        Assert.Equal([(110, 3, 2, 1), (120, 1, 1, 0)], Samples.Select(sample => (
            (int)(sample.Time - s_start).TotalSeconds, (int)sample["lines"], (int)sample[Name(decoder, "job * done")], (int)sample["warning_lines"])));
    }

    [Fact]
    public void Decode_TemplateNotLearned_IsCountedAsNewOnceAndExplained()
    {
        LogDecoder decoder = Learned();
        Feed(decoder, (100, "ERROR disk \u001b[31m7 failed"), (101, "ERROR disk 8 failed"));
        decoder.Finish(_log);

        LoggedSample sample = Assert.Single(Samples);
        Assert.Equal((1, 2, 2), ((int)sample["new_templates"], (int)sample["error_lines"], (int)sample["other_lines"]));
        FeatureNote note = decoder.Notes.Find("web", "new_templates", sample.Time.Ticks)!;
        Assert.Equal("disk * failed", note.Template);
        Assert.Contains("\\u001B[31m7 failed", Assert.Single(note.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_HeartbeatMissing_IsCountedAndNamed()
    {
        LogDecoder decoder = Learned();
        for (int second = 100; second < 3000; second++)
        {
            if (second < 2980)
                Feed(decoder, (second, "INFO heartbeat 1 ok"));
            Feed(decoder, (second, "INFO job 1 done"));
        }

        decoder.Finish(_log);
        Assert.Equal(0, Samples[^3]["missing_heartbeats"]);
        Assert.Equal([1, 1], Samples.TakeLast(2).Select(sample => (int)sample["missing_heartbeats"]));
        Assert.Equal(["heartbeat * ok"], decoder.Notes.Find("web", "missing_heartbeats", long.MaxValue)!.Examples);
    }

    [Fact]
    public void Decode_SilentSeries_IsCountedAsEmptyBucketsAsTimeGoesOn()
    {
        LogDecoder decoder = Learned(new LogOptions { DivideBy = "component" });
        Feed(decoder, (101, "INFO left: one 1"), (102, "INFO right: two 2"), (140, "INFO left: one 3"), (141, "INFO left: one 4"));
        Assert.Equal([(110, 1), (120, 0), (130, 0)], _log.Of("right").Select(sample => ((int)(sample.Time - s_start).TotalSeconds, (int)sample["lines"])));
    }

    [Fact]
    public void Idle_NoLinesAnyMore_TimeGoesOnAsTheClockDoes()
    {
        LogDecoder decoder = Learned();
        Feed(decoder, (100, "INFO job 1 done"));
        decoder.Idle(_log, TimeSpan.FromSeconds(5));
        Assert.Empty(Samples); // it may be on its way
        decoder.Idle(_log, TimeSpan.FromSeconds(32));
        Assert.Equal([1, 0], Samples.Select(sample => (int)sample["lines"]));
    }

    [Fact]
    public void Decode_StackTrace_IsOneLineOfItsExceptionsKind()
    {
        LogDecoder decoder = Learned();
        Feed(decoder, (100, "ERROR job 5 broke"));
        foreach (string line in (string[])["java.io.IOException: gone", "\tat a.B.c(D.java:7)", "Caused by: x.YException: deep", "\t... 3 more"])
            decoder.Decode(Collector.Message(line, key: "web", topic: "t"), _log);
        Feed(decoder, (101, "ERROR job 6 broke"));
        decoder.Finish(_log);

        Assert.Equal((2, 2), ((int)Samples[0]["lines"], (int)Samples[0]["new_templates"]));
        Assert.Contains(decoder.Miner.Templates, template => template.Text == "job * broke java.io.IOException");
    }

    [Fact]
    public void Decode_LineWithoutTime_HasTheTimeOfTheLineBefore()
    {
        LogDecoder decoder = Learned(new LogOptions { MultiLine = false });
        Feed(decoder, (105, "INFO job 1 done"));
        decoder.Decode(Collector.Message("no time here", key: "web", topic: "t"), _log);
        decoder.Finish(_log);
        Assert.Equal(2, Assert.Single(Samples)["lines"]);
    }

    [Fact]
    public void Find_SourceIsAhead_TellsWhatBelongsToTheSample()
    {
        LogDecoder decoder = Learned();
        Feed(decoder, (100, "ERROR disk 1 failed"), (115, "ERROR fan stopped"), (135, "INFO job 1 done"));
        decoder.Finish(_log);
        FeatureNote? At(int second) => decoder.Notes.Find("web", "new_templates", s_start.AddSeconds(second).Ticks);
        Assert.Equal((null, "disk * failed", "fan stopped"), (At(100)?.Template, At(110)?.Template, At(130)?.Template));
    }

    /// <summary>Cut in the middle of buckets, sessions, stack traces and learning, again and again: what comes out is what would have come out.</summary>
    [Theory]
    [InlineData("message")]
    [InlineData("component")]
    public void Load_SavedAtAnyMoment_GoesOnAsIfThereHadBeenNoCut(string divideBy)
    {
        LogOptions Options() => new()
        {
            DivideBy = divideBy, Session = "req-", SessionTimeout = TimeSpan.FromSeconds(5), Learn = TimeSpan.FromSeconds(90), MaxSignatures = 120, Parameters = true,
        };
        RawMessage[] messages = [.. SimulatedLines(1500)];
        LogDecoder undisturbed = Create(Options());
        var expected = new SampleLog();
        foreach (RawMessage message in messages)
            undisturbed.Decode(message, expected);
        undisturbed.Finish(expected);
        Assert.Contains(expected.Samples, sample => sample["session.score"] > 1.5);
        Assert.Contains(expected.Samples, sample => sample["new_templates"] > 0);

        var records = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        LogDecoder decoder = Create(Options());
        long version = 0;
        var random = new Random(2);
        int cuts = 0;
        foreach (RawMessage message in messages)
        {
            decoder.Decode(message, _log);
            if (random.Next(40) > 0)
                continue;
            foreach ((string name, byte[]? record) in decoder.Save(ref version))
                records[name] = record!;
            if (random.Next(2) > 0)
                continue; // a snapshot that nobody needs
            decoder = Create(Options());
            version = decoder.Load(records);
            cuts++;
        }

        decoder.Finish(_log);
        Assert.True(cuts > 40);
        Assert.Equal(expected.Samples.Select(Text), _log.Samples.Select(Text));
        LoggedSample last = expected.Samples.Last(sample => sample["new_templates"] > 0);
        Assert.Equal(
            undisturbed.Notes.Find(last.Series, "new_templates", last.Time.Ticks)!.Examples, decoder.Notes.Find(last.Series, "new_templates", last.Time.Ticks)!.Examples);
    }

    [Fact]
    public void Decode_Sessions_AreJudgedWhenTheyTimeOut()
    {
        LogDecoder decoder = Create(new LogOptions { Session = "req-", SessionTimeout = TimeSpan.FromSeconds(5), Learn = TimeSpan.FromSeconds(90) });
        for (int i = 0; i < 400; i++)
        {
            Feed(decoder, (i, $"INFO request req-{i} came"), (i, $"INFO request req-{i} answered"));
            if (i != 300)
                Feed(decoder, (i, $"INFO request req-{i} closed"));
        }

        decoder.Finish(_log);
        LoggedSample[] judged = [.. _log.Samples.Where(sample => sample["session.score"] > 3)];
        Assert.Equal(310, (judged.Single().Time - s_start).TotalSeconds);
        Assert.Contains("req-300", decoder.Notes.Find("web", "session.score", judged[0].Time.Ticks)!.Examples[^1], StringComparison.Ordinal);
        Assert.InRange(_log.Samples.Sum(sample => sample["sessions"]), 300, 320);
    }

    [Fact]
    public void Decode_TooManySeries_AreDroppedAndCounted()
    {
        LogDecoder decoder = Create(new LogOptions { DivideBy = "component", MaxSeries = 3, MultiLine = false });
        Feed(decoder, [.. Enumerable.Range(0, 10).Select(i => (i, $"INFO c{i}: hello"))]);
        Assert.Equal(7, _log.Reasons.Count(reason => reason == DropReason.SeriesLimit));
    }

    [Fact]
    public void Decode_HugeLines_AreCutOrDroppedAndCounted()
    {
        LogDecoder decoder = Learned(new LogOptions { MultiLine = false });
        Feed(decoder, (100, "INFO " + new string('é', 500_000)), (101, "INFO " + string.Concat(Enumerable.Repeat("key=value ", 100_000))));
        Assert.Equal(DropReason.TooLarge, decoder.Decode(Line(102, new string('x', 1 << 20), Receipt.None), _log));
        decoder.Finish(_log);
        Assert.Equal(2, Assert.Single(Samples)["lines"]);
        Assert.All(decoder.Miner.Templates, template => Assert.InRange(template.Bytes.Length, 1, 8 * 1024));
    }

    [Theory]
    [InlineData("ошибка диска 7 на узле 12", "ошибка диска * на узле *")]
    [InlineData("磁盘 7 已满", "磁盘 * 已满")]
    [InlineData("القرص 7 ممتلئ", "القرص * ممتلئ")]
    [InlineData("डिस्क 7 भर गई", "डिस्क * भर गई")]
    public void Decode_AnyLanguage_HasTemplatesLikeAnyOther(string line, string template)
    {
        LogDecoder decoder = Learned(new LogOptions { MultiLine = false });
        Feed(decoder, (100, "WARN " + line), (101, "WARN " + line.Replace('7', '8')));
        decoder.Finish(_log);
        Assert.Equal(2, Assert.Single(decoder.Miner.Templates, known => known.Text == template).Count);
        Assert.Equal(2, Assert.Single(Samples)["warning_lines"]);
    }

    [Fact]
    public async Task Metrics_FloodOfUniqueLines_CountsTemplatesAndForgottenOnesAndNamesNone()
    {
        LogDecoder decoder = Create(new LogOptions { MaxSignatures = 100, MultiLine = false });
        CollectorRegistry registry = ProcessMetrics.NewRegistry();
        decoder.Metrics = new DetectorMetrics(registry).Logs("lines");
        var told = new List<string>();
        decoder.Found = (template, _) => told.Add(template.Text);
        Feed(decoder, (0, "INFO job 1 done"), (61, "INFO job 1 done"), (62, "INFO job 1 done"));
        var random = new Random(1);
        Feed(decoder, [.. Enumerable.Range(0, 2000).Select(i => (63, $"{Word(random)} {Word(random)} secret\u001b[31m {Word(random)}"))]);

        string text = await ScrapeAsync(registry);
        // A hundred, and the one that is a feature, which is never forgotten.
        Assert.Equal((2003, 101), (Value(text, "detector_log_lines_total"), Value(text, "detector_log_templates")));
        Assert.InRange(Value(text, "detector_log_templates_new_total"), 1900, 2000);
        Assert.InRange(Value(text, "detector_log_templates_evicted_total"), 1800, 2000);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal(101, told.Count); // what was learned, and a hundred of the flood
        decoder.Dispose();
        Assert.Equal(0, Value(await ScrapeAsync(registry), "detector_log_templates"));
    }

    [Fact]
    public void Decode_HostileBytes_NeverThrowsAndShowsNothingButText()
    {
        LogDecoder decoder = Create(new LogOptions
        {
            DivideBy = "host/component", Session = "req-", SessionTimeout = TimeSpan.FromSeconds(5), Learn = TimeSpan.FromSeconds(70), MaxSignatures = 200, MaxSeries = 50, Parameters = true,
        });
        Feed(decoder, [.. Enumerable.Range(0, 120).Select(i => (i, $"INFO web: request req-{i} came"))]);
        Assert.True(decoder.HasLearned);
        var mutations = new Mutations(seed: 7);
        byte[][] seeds = [.. new[]
        {
            "<34>1 2025-06-01T12:05:00Z host app - - [a@1 b=\"c\"] request req-7 failed\n\tat a.B.c(D.java:7)\nCaused by: x.YException: z",
            "{\"time\":\"2025-06-01T12:06:00Z\",\"level\":\"error\",\"msg\":\"disk \\u001b[31m full\",\"host\":\"h\"}", "time=1748779200 level=warn msg=\"slow\" component=db took=12ms",
            "2025-06-01 12:07:00,123 ERROR [main] a.b.C: \u001b[31mred\u001b[0m magnet 磁 \u202e", "Jun  1 12:08:00 host su[7]: session opened for user root",
        }.Select(Encoding.UTF8.GetBytes)];
        byte[][] pieces = [[0xFF], [0x1B, (byte)'['], "{"u8.ToArray(), "}"u8.ToArray(), "\""u8.ToArray(), "[["u8.ToArray(), "<"u8.ToArray(), "="u8.ToArray(), "\n"u8.ToArray(), "req-"u8.ToArray(), [0]];
        for (int i = 0; i < 20_000; i++)
        {
            var message = new RawMessage(mutations.From(seeds[mutations.Next(seeds.Length)], pieces), "web"u8.ToArray(), "t", 0, i, Receipt.None);
            _log.Reasons.Add(decoder.Decode(message, _log));
        }

        decoder.Finish(_log);
        Assert.NotEmpty(Samples);
        Assert.True(_log.Reasons.Count(reason => reason == DropReason.None) > 10_000);
        Assert.All(decoder.Miner.Templates, template => Assert.DoesNotContain(template.Text, char.IsControl));
        Assert.True(decoder.Miner.SignatureCount <= 200);
    }

    private static async Task<string> ScrapeAsync(CollectorRegistry registry)
    {
        using var memory = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(memory, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static double Value(string text, string family) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith(family + "{", StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture);

    private static string Text(LoggedSample sample) =>
        $"{sample.Series} {sample.Time:O} {string.Join(' ', sample.Values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value:R}")))}";

    /// <summary>Requests, a heartbeat, errors with stack traces, and words that come once.</summary>
    private static IEnumerable<RawMessage> SimulatedLines(int seconds)
    {
        var random = new Random(5);
        for (int second = 0; second < seconds; second++)
        {
            if (second % 400 > 30)
                yield return Line(second, "INFO beat: heartbeat 1 ok", Receipt.None);
            for (int request = 0; request < random.Next(3); request++)
            {
                string id = $"req-{second}-{request}";
                yield return Line(second, $"INFO http: request {id} from {(char)('a' + random.Next(20))}x came", Receipt.None);
                yield return Line(second, $"INFO db: {id} took {random.Next(90)} ms", Receipt.None);
                if (random.Next(100) > 0)
                    yield return Line(second, $"INFO http: request {id} answered", Receipt.None);
            }

            if (random.Next(50) > 0)
                continue;
            yield return Line(second, $"ERROR http: {Word(random)} broke {Word(random)}", Receipt.None);
            yield return Collector.Message("java.io.IOException: gone", key: "web", topic: "t");
            yield return Collector.Message("\tat a.B.c(D.java:7)", key: "web", topic: "t");
        }
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))));

    private LogDecoder Learned(LogOptions? options = null)
    {
        LogDecoder decoder = Create(options ?? new LogOptions());
        decoder.Decode(Line(0, "INFO job 1 done", Receipt.None), _log);
        Feed(decoder, (1, "WARN job 2 slow"), (2, "INFO heartbeat 1 ok"), (3, "INFO left: one 1"), (4, "INFO right: two 1"), (60, "INFO job 1 done"), (61, "INFO job 1 done"));
        Assert.True(decoder.HasLearned);
        Assert.Empty(_log.Samples);
        return decoder;
    }

    private LogDecoder Create(LogOptions options)
    {
        options.Learn = options.Learn == new LogOptions().Learn ? TimeSpan.FromSeconds(60) : options.Learn;
        return (LogDecoder)DecoderFactory.Create(
            new DecodeOptions { Format = "logs", Logs = options }, new DecodeLimits(1 << 20, EarliestTicks: 0, MaxFuture: TimeSpan.FromHours(1), _clock));
    }

    private void Feed(LogDecoder decoder, params (int Second, string Text)[] lines)
    {
        foreach ((int second, string text) in lines)
            _log.Reasons.Add(decoder.Decode(Line(second, text, Receipt.None), _log));
    }

    private static RawMessage Line(int second, string text, Receipt receipt) =>
        Collector.Message(s_start.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z' ", CultureInfo.InvariantCulture) + text, key: "web", topic: "t") with { Receipt = receipt };

    private static string Name(LogDecoder decoder, string text) => "template." + decoder.Miner.Templates.Single(template => template.Text == text).Id;
}
