using Detector.Worker.Contracts;
using Detector.Worker.State;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Everything between two cuts of one lane. A cut is a mark in the order of the messages; it travels with the windows from stage to stage, and each
/// stage saves its share of the series as they stand when the mark passes (Chandy and Lamport, "Distributed snapshots", 1985; here the channels
/// are empty at the cut, since the mark is the last in them). Whole once every stage has saved its share and every record that was published
/// before the mark is delivered.
/// </summary>
/// <param name="whole">Told once it is.</param>
/// <param name="transactions">Where its outputs are published, after it is whole and before it is saved; null publishes them as they come.</param>
internal sealed class Checkpoint(Action<Checkpoint> whole, IOutputTransactions? transactions = null) : IReceiptLedger, IOutbox
{
    private static readonly int s_stages = Enum.GetValues<CheckpointStage>().Length;
    private readonly List<TransactionalOutput> _outputs = [];
    private SeriesState[] _series = [];
    private LanePartition[] _homes = [];
    private ReadOnlyMemory<byte>[][] _shares = [];
    private readonly ShareBlocks[] _blocks = [.. Enumerable.Range(0, s_stages).Select(_ => new ShareBlocks())];
    private readonly List<(LanePartition Home, StateRecord Record)> _pieces = [];
    private int _claims = 1; // the lane's, until the cut
    private volatile bool _saved;

    /// <summary>The series that changed since the cut before.</summary>
    public IReadOnlyList<SeriesState> Series => _series;

    public IReadOnlyList<PartitionCut> Partitions { get; private set; } = [];

    /// <summary>The newest request that it answers.</summary>
    public long Request { get; set; }

    /// <summary>Whether it survives a crash.</summary>
    public bool IsSaved
    {
        get => _saved;
        set => _saved = value;
    }

    public void Retain(long ticket) => Interlocked.Increment(ref _claims);

    public void Release(long ticket)
    {
        if (Interlocked.Decrement(ref _claims) == 0)
            whole(this);
    }

    public bool TryAdd(in TransactionalOutput output)
    {
        if (transactions is null)
            return false;
        lock (_outputs)
            _outputs.Add(output);
        // The message stays unfinished until the record is out, but the checkpoint need not wait for what it publishes itself.
        Release(0);
        return true;
    }

    /// <summary>Whether its outputs wait for it, and are published in one transaction with its positions.</summary>
    public bool IsTransactional => transactions is not null;

    /// <summary>Publishes what waits for it, and the positions with it. What came of partitions that were taken away is left out.</summary>
    /// <param name="positions">Of the partitions, with their state.</param>
    /// <returns>The ledgers of the partitions that were not left out.</returns>
    /// <exception cref="IOException">Nothing of it is published; it may be tried again.</exception>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public IReadOnlyCollection<IReceiptLedger> Publish(IReadOnlyList<TransactionalPosition> positions, CancellationToken stop)
    {
        var gone = Partitions.Where(cut => cut.Partition.IsGone).Select(cut => cut.Partition.Ledger).ToHashSet();
        TransactionalOutput[] outputs = [.. _outputs.Where(output => !gone.Contains(output.Record.Receipt.Ledger?.Partition))];
        IReadOnlyCollection<IReceiptLedger> published = transactions!.Commit(outputs, positions, stop);
        foreach (TransactionalOutput output in _outputs)
            (output.Record.Receipt with { Checkpoint = null }).Release();
        _outputs.Clear();
        return published;
    }

    /// <summary>Makes the cut: nothing that comes later belongs to it.</summary>
    public void Close(SeriesState[] series, IReadOnlyList<PartitionCut> partitions)
    {
        _series = series;
        _homes = [.. series.Select(state => state.Home!)];
        Partitions = partitions;
        _shares = [.. Enumerable.Range(0, s_stages).Select(_ => new ReadOnlyMemory<byte>[series.Length])];
        Interlocked.Add(ref _claims, s_stages);
        Release(0);
    }

    /// <summary>The partition that a series belonged to at the cut.</summary>
    public LanePartition Home(int index) => _homes[index];

    /// <summary>Takes a stage's share of a series, its length before it.</summary>
    public void Put(CheckpointStage stage, int index, ReadOnlySpan<byte> share) => _shares[(int)stage][index] = _blocks[(int)stage].Add(share);

    /// <summary>Takes a record beside the shares, on the source's thread; null for one that is no longer kept.</summary>
    public void Put(LanePartition home, string name, byte[]? record) => _pieces.Add((home, StateRecord.Of(name, record)));

    /// <summary>The records of the series of one partition; until <see cref="Free"/>.</summary>
    public IEnumerable<StateRecord> Records(LanePartition partition)
    {
        for (int i = 0; i < _series.Length; i++)
        {
            if (_homes[i] == partition)
                yield return new StateRecord(SeriesRecord.Name(_series[i]), _shares[0][i], _shares[1][i], _shares[2][i]);
        }

        foreach ((LanePartition home, StateRecord record) in _pieces)
        {
            if (home == partition)
                yield return record;
        }
    }

    /// <summary>Gives back the memory of the shares: they are written.</summary>
    public void Free()
    {
        _shares = [];
        foreach (ShareBlocks blocks in _blocks)
            blocks.Free();
    }
}
