using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>
/// Which templates come in nearly every bucket of a series, and as regularly as clockwork, so that their absence means something: what comes at random
/// stays away by chance now and then.
/// </summary>
internal sealed class Heartbeats(int slots)
{
    /// <summary>Buckets before anything is regular.</summary>
    private const int LeastBuckets = 30;

    /// <summary>Share of the buckets that a heartbeat is in, weighing the latest hundred.</summary>
    private const double LeastShare = 0.97;

    /// <summary>Variance of a heartbeat's count at most, in means: 1 for what comes at random (Poisson).</summary>
    private const double MostDispersion = 0.3;

    private const double Weight = 0.01;

    private readonly double[] _shares = new double[slots];
    private readonly double[] _means = new double[slots];
    private readonly double[] _squares = new double[slots];
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
            if (counts[i] == 0 && _buckets > LeastBuckets && _shares[i] >= LeastShare && _squares[i] - _means[i] * _means[i] <= MostDispersion * _means[i])
                Missing.Add(i);
            _shares[i] += weight * ((counts[i] > 0 ? 1 : 0) - _shares[i]);
            _means[i] += weight * (counts[i] - _means[i]);
            _squares[i] += weight * ((double)counts[i] * counts[i] - _squares[i]);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_buckets);
        foreach (double[] values in (double[][])[_shares, _means, _squares])
            writer.Write<double>(values);
    }

    public void Load(BinaryReader reader)
    {
        _buckets = reader.ReadInt32();
        foreach (double[] values in (double[][])[_shares, _means, _squares])
            reader.ReadInto<double>(values);
    }
}
