using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Lives that end in the middle, with outputs and positions in transactions: each record is visible once, whatever was interrupted.</summary>
public sealed class TransactionTests : IDisposable
{
    private const int Seconds = 420;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Crash_AtManyPlaces_EveryRecordIsVisibleOnce(int seed)
    {
        string[] messages = [.. Enumerable.Range(0, Seconds).SelectMany(second => (string[])
            [Rows.Json("s", second, Values(second)), Rows.Json("t", second, Rows.Values(second + 1000))])];
        // The models are there from the start: what waited for one to be learned may be published twice, as docs/delivery.md says.
        Live("learned", new Cluster(), messages, messages.Length);
        Copy("learned", "undisturbed");
        Copy("learned", "crashed");
        var expected = new Cluster();
        Live("undisturbed", expected, messages, messages.Length);
        Assert.Contains(expected.Visible, record => record.Contains("\"state\":\"firing\"", StringComparison.Ordinal));

        var random = new Random(seed);
        var cluster = new Cluster { Random = random };
        var began = new List<long>();
        for (int end = 90; end < messages.Length; end += random.Next(30, 120))
            began.Add(Live("crashed", cluster, messages, end));
        cluster.Random = null;
        began.Add(Live("crashed", cluster, messages, messages.Length));

        Assert.Contains(began, position => position > 0);
        Assert.NotEqual(0, cluster.Refused);
        Assert.NotEqual(0, cluster.Interrupted);
        Assert.Equal(expected.Visible.Order(StringComparer.Ordinal), cluster.Visible.Order(StringComparer.Ordinal));
    }

    private void Copy(string from, string to)
    {
        string source = Path.Combine(_directory.Path, from, "models"), target = Path.Combine(_directory.Path, to, "models");
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private long Live(string name, Cluster cluster, string[] messages, int end)
    {
        var source = new PositionedSource(messages, end, cluster.Committed) { StaysOpen = end < messages.Length };
        var sink = new OutboxSink();
        using var life = new Life(Path.Combine(_directory.Path, name), source, sinks: new PipelineSinks([sink], [sink], []), transactions: cluster);
        if (end == messages.Length)
        {
            life.RunToEnd();
        }
        else
        {
            life.Start();
            Assert.True(source.HandedOver.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
            Thread.Sleep(cluster.Random!.Next(0, 40));
            life.Crash();
        }

        Assert.Empty(life.Contradictions);
        return source.Began;
    }

    private static double[] Values(int second)
    {
        double[] values = Rows.Values(second);
        if (second is > 300 and < 330)
            values[0] += 8;
        return values;
    }

    /// <summary>What a cluster would show to readers of committed records. Now and then it refuses, or the worker dies after it has taken a transaction.</summary>
    private sealed class Cluster : IOutputTransactions
    {
        private int _commits = 2; // the first is taken, and its state saved

        public List<string> Visible { get; } = [];

        public long? Committed { get; private set; }

        public Random? Random { get; set; }

        public int Refused { get; private set; }

        public int Interrupted { get; private set; }

        public void Commit(IReadOnlyList<TransactionalOutput> outputs, IReadOnlyList<KeyValuePair<IReceiptLedger, long>> positions, CancellationToken stop)
        {
            int fate = Random is null ? 2 : _commits++ % 3;
            if (fate == 1)
            {
                Refused++;
                throw new IOException("The brokers are away.");
            }

            foreach (TransactionalOutput output in outputs)
                Visible.Add(Encoding.UTF8.GetString(output.Record.Payload));
            foreach ((_, long position) in positions)
                Committed = position;
            if (fate != 0)
                return;
            Interrupted++;
            throw new OperationCanceledException("The worker dies before it saves its state.");
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Hands what it gets to the transaction it belongs to.</summary>
    private sealed class OutboxSink : ISink
    {
        public string Name => "outbox";

        public void Publish(in OutboundRecord record, CancellationToken stop) =>
            Assert.True(Assert.IsAssignableFrom<IOutbox>(record.Receipt.Checkpoint).TryAdd(new TransactionalOutput(Name, "topic", record)));

        public int Flush(TimeSpan timeout) => 0;

        public void Dispose()
        {
        }
    }
}
