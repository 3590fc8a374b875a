using System.Globalization;
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

    /// <summary>Three seeds, or as many as <c>DETECTOR_CHAOS_ROUNDS</c> says, from <c>DETECTOR_CHAOS_SEED</c> on.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(Number("DETECTOR_CHAOS_SEED", 1), Number("DETECTOR_CHAOS_ROUNDS", 3))];

    /// <summary>The models are learned on the way: what waits for one is part of the state.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Crash_AtManyPlaces_EveryRecordIsVisibleOnce(int seed)
    {
        string[] messages = [.. Enumerable.Range(0, Seconds).SelectMany(second => (string[])
            [Rows.Json("s", second, Values(second)), Rows.Json("t", second, Rows.Values(second + 1000))])];
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

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

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
        private int _commits; // the first is taken, and the worker dies before its state is in force

        public List<string> Visible { get; } = [];

        public long? Committed { get; private set; }

        public Random? Random { get; set; }

        public int Refused { get; private set; }

        public int Interrupted { get; private set; }

        public IReadOnlyCollection<IReceiptLedger> Commit(
            IReadOnlyList<TransactionalOutput> outputs, IReadOnlyList<TransactionalPosition> positions, CancellationToken stop)
        {
            int fate = Random is null ? 2 : _commits++ % 3;
            if (fate == 1)
            {
                Refused++;
                throw new IOException("The brokers are away.");
            }

            foreach (TransactionalOutput output in outputs)
                Visible.Add(Encoding.UTF8.GetString(output.Record.Payload));
            foreach (TransactionalPosition position in positions)
                Committed = position.Offset;
            if (fate != 0)
                return [.. positions.Select(position => position.Ledger)];
            Interrupted++;
            throw new OperationCanceledException("The worker dies before its state is in force.");
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
