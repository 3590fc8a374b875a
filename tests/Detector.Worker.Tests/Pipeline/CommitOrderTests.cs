using System.Globalization;
using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Checkpoints of two partitions in transactions, and a worker that dies at every step of them in turn: outputs, positions and state are of one piece.</summary>
public sealed class CommitOrderTests : IDisposable
{
    private static readonly string[] s_partitions = ["sensors-0", "sensors-1"];

    /// <summary>Positions at each checkpoint; where one does not move, what waited for a model or silence led to outputs all the same.</summary>
    private static readonly (long, long)[] s_positions = [(5, 7), (5, 7), (5, 7), (9, 7), (10, 8), (10, 8), (12, 20)];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Crash_AtEveryStep_StateIsOfTheNewestTransactionAndEveryOutputVisibleOnce()
    {
        int steps = 0;
        for (int death = 1; ; death++, steps++)
        {
            var cluster = new Cluster();
            string state = Path.Combine(_directory.Path, death.ToString(CultureInfo.InvariantCulture));
            bool died = Live(state, cluster, death);
            // What a second crash soon after the first leaves behind is cleared up as well.
            if (died)
                Live(state, cluster, (death % 7) + 1);
            Assert.False(Live(state, cluster, int.MaxValue));
            Assert.Equal(Enumerable.Range(1, s_positions.Length).SelectMany(number => s_partitions.Select(name => $"{name} {number}")), cluster.Visible);
            if (!died)
                break;
        }

        // Two prepared and two put in force at each checkpoint, one commit; a death before and after each.
        Assert.Equal(10 * s_positions.Length, steps);
    }

    /// <summary>One life of the worker.</summary>
    /// <param name="death">Step at which it dies.</param>
    /// <returns>Whether it died.</returns>
    private static bool Live(string directory, Cluster cluster, int death)
    {
        var life = new Steps(death);
        cluster.Life = life;
        using var checkpoints = new Checkpointing(
            new DirectoryStateStore(directory, refusal => Assert.Fail(refusal)), TimeSpan.FromHours(1), TestPipeline.Metrics().Checkpoints, NullLogger.Instance);
        LanePartition[] partitions = [.. s_partitions.Select(name =>
        {
            var ledger = new NamedLedger(name);
            IPartitionState state = checkpoints.Open("plant", name, cluster.Committed.TryGetValue(name, out long committed) ? committed : null);
            Assert.Equal(cluster.Commits, state.Read("number") is { } number ? BitConverter.ToInt32(number) : 0);
            return new LanePartition(ledger) { Name = name, State = new DyingState(state, life) };
        })];
        for (int number = cluster.Commits + 1; number <= s_positions.Length && !life.IsOver; number++)
        {
            var checkpoint = new Checkpoint(checkpoints.Add, cluster);
            foreach (LanePartition partition in partitions)
            {
                checkpoint.Retain(0);
                var record = new OutboundRecord("score", [], Encoding.UTF8.GetBytes($"{partition.Name} {number}"), [], new Receipt(partition.Ledger, 0, checkpoint));
                Assert.True(checkpoint.TryAdd(new TransactionalOutput("sink", "topic", record)));
            }

            (long first, long second) = s_positions[number - 1];
            KeyValuePair<string, byte[]?> kept = new("number", BitConverter.GetBytes(number));
            checkpoint.Close([], [new(partitions[0], first, [], [kept]), new(partitions[1], second, [], [kept])]);
            foreach (CheckpointStage _ in Enum.GetValues<CheckpointStage>())
                checkpoint.Release(0);
            Assert.True(SpinWait.SpinUntil(() => checkpoint.IsSaved || life.IsOver, TimeSpan.FromSeconds(30)));
        }

        foreach (LanePartition partition in partitions)
            partition.State!.Dispose();
        return life.IsOver;
    }

    /// <summary>Counts steps, and ends the life at one of them.</summary>
    private sealed class Steps(int death)
    {
        private int _step;
        private volatile bool _isOver;

        public bool IsOver => _isOver;

        public T Around<T>(Func<T> step)
        {
            Next();
            T result = step();
            Next();
            return result;
        }

        private void Next()
        {
            if (++_step != death)
                return;
            _isOver = true;
            throw new OperationCanceledException("The worker dies.");
        }
    }

    private sealed class DyingState(IPartitionState state, Steps life) : IPartitionState
    {
        public long? Position => state.Position;

        public byte[] Common => state.Common;

        public IReadOnlyList<string> Keys => state.Keys;

        public bool Has(string key) => state.Has(key);

        public byte[]? Read(string key) => state.Read(key);

        public long Append(StateDelta delta) => throw new InvalidOperationException("Nothing is written outside of transactions.");

        public PreparedState Prepare(StateDelta delta) => life.Around(() => state.Prepare(delta));

        public long PutInForce() => life.Around(state.PutInForce);

        public void Dispose() => state.Dispose();
    }

    /// <summary>What a cluster shows to readers of committed records, and the group's offsets.</summary>
    private sealed class Cluster : IOutputTransactions
    {
        public Steps Life { get; set; } = null!;

        public List<string> Visible { get; } = [];

        public Dictionary<string, long> Committed { get; } = new(StringComparer.Ordinal);

        public int Commits { get; private set; }

        public IReadOnlyCollection<IReceiptLedger> Commit(
            IReadOnlyList<TransactionalOutput> outputs, IReadOnlyList<TransactionalPosition> positions, CancellationToken stop) => Life.Around(() =>
        {
            Commits++;
            Visible.AddRange(outputs.Select(output => Encoding.UTF8.GetString(output.Record.Payload)));
            foreach (TransactionalPosition position in positions)
                Committed[((NamedLedger)position.Ledger).Name] = position.Offset;
            return positions.Select(position => position.Ledger).ToArray();
        });

        public void Dispose()
        {
        }
    }

    private sealed class NamedLedger(string name) : IReceiptLedger
    {
        public string Name => name;

        public void Retain(long ticket)
        {
        }

        public void Release(long ticket)
        {
        }
    }
}
