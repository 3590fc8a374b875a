namespace Detector.Worker.Decoding.Logs;

/// <summary>Which templates come in nearly every bucket of a series, so that their absence means something.</summary>
internal sealed class Heartbeats(int slots)
{
    /// <summary>Buckets before anything is regular.</summary>
    private const int LeastBuckets = 30;

    /// <summary>Share of the buckets that a heartbeat is in, weighing the latest hundred.</summary>
    private const double LeastShare = 0.97;

    private const double Weight = 0.01;

    private readonly double[] _shares = new double[slots];
    private int _buckets;

    /// <summary>The heartbeats that are missing in the bucket taken last.</summary>
    public List<int> Missing { get; } = [];

    /// <summary>Takes the counts of a bucket.</summary>
    public void Observe(ReadOnlySpan<int> counts)
    {
        Missing.Clear();
        _buckets++;
        double weight = Math.Max(Weight, 1.0 / _buckets);
        for (int i = 0; i < Math.Min(counts.Length, _shares.Length); i++)
        {
            if (counts[i] == 0 && _buckets > LeastBuckets && _shares[i] >= LeastShare)
                Missing.Add(i);
            _shares[i] += weight * ((counts[i] > 0 ? 1 : 0) - _shares[i]);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_buckets);
        foreach (double share in _shares)
            writer.Write(share);
    }

    public void Load(BinaryReader reader)
    {
        _buckets = reader.ReadInt32();
        for (int i = 0; i < _shares.Length; i++)
            _shares[i] = reader.ReadDouble();
    }
}
