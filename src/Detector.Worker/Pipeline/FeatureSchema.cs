using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The features of a model's series, in the order in which they were first seen. Grows during the warm-up; frozen once a model is trained on it.
/// Safe for several source threads.
/// </summary>
internal sealed class FeatureSchema(int maxFeatures)
{
    private readonly Lock _lock = new();
    private volatile byte[][] _names = [];
    private volatile bool _frozen;

    /// <summary>The features of a model, fixed.</summary>
    public static FeatureSchema Of(IReadOnlyList<string> names)
    {
        var schema = new FeatureSchema(names.Count);
        schema.Freeze(names);
        return schema;
    }

    public int Count => _names.Length;

    /// <summary>Whether there are as many features as the options allow.</summary>
    public bool IsFull => Count >= maxFeatures;

    public IReadOnlyList<string> Names => [.. _names.Select(Encoding.UTF8.GetString)];

    /// <summary>Fixes the features to those of a model.</summary>
    public void Freeze(IReadOnlyList<string> names)
    {
        lock (_lock)
        {
            _names = [.. names.Select(Encoding.UTF8.GetBytes)];
            _frozen = true;
        }
    }

    /// <summary>Adds features that were saved and finds the place of each.</summary>
    public FeaturePlaces Restore(IReadOnlyList<string> names)
    {
        lock (_lock)
        {
            int[] places = new int[names.Count];
            bool same = true;
            for (int i = 0; i < places.Length; i++)
            {
                byte[] name = Encoding.UTF8.GetBytes(names[i]);
                places[i] = Find(_names, name, i);
                if (places[i] < 0)
                {
                    places[i] = _names.Length;
                    _names = [.. _names, name];
                }

                same &= places[i] == i;
            }

            return same ? FeaturePlaces.Same : new FeaturePlaces(places);
        }
    }

    /// <summary>Fixes the features to those seen so far.</summary>
    public void Freeze()
    {
        // Under the lock: a feature that is being added is in before this returns, or stays out.
        lock (_lock)
            _frozen = true;
    }

    /// <summary>Lets the features grow again: no model came of them.</summary>
    public void Thaw()
    {
        lock (_lock)
            _frozen = false;
    }

    /// <summary>Place of a feature, -1 when it is not known.</summary>
    public int IndexOf(ReadOnlySpan<byte> name) => Find(_names, name, 0);

    /// <summary>Puts the values of a sample in the order of the schema.</summary>
    /// <param name="sample">Names and values.</param>
    /// <param name="row">Grown to <see cref="Count"/> at need; NaN where the sample has no value.</param>
    /// <param name="unknown">Values that were left out because their feature is not known.</param>
    /// <returns>Width of the row; 0 if the sample holds no value of a known feature.</returns>
    public int Bind(DecodedSample sample, ref double[] row, out int unknown)
    {
        byte[][] names = _names;
        unknown = 0;
        bool any = false;
        Grow(ref row, names.Length);
        Array.Fill(row, double.NaN);
        int guess = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            int feature = Find(names, sample.Name(i), guess);
            if (feature < 0 && TryAdd(sample.Name(i)))
            {
                names = _names;
                feature = Find(names, sample.Name(i), names.Length - 1);
                int known = row.Length;
                Grow(ref row, names.Length);
                row.AsSpan(known).Fill(double.NaN);
            }

            if (feature < 0)
            {
                unknown++;
                continue;
            }

            row[feature] = sample.Value(i);
            any |= !double.IsNaN(row[feature]);
            guess = feature + 1;
        }

        return any ? names.Length : 0;
    }

    private static void Grow(ref double[] row, int length)
    {
        if (row.Length < length)
            Array.Resize(ref row, length);
    }

    private static int Find(byte[][] names, ReadOnlySpan<byte> name, int guess)
    {
        // Messages name their features in the same order nearly always.
        if (guess < names.Length && name.SequenceEqual(names[guess]))
            return guess;
        for (int i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
                return i;
        }

        return -1;
    }

    private bool TryAdd(ReadOnlySpan<byte> name)
    {
        if (_frozen)
            return false;
        lock (_lock)
        {
            if (_frozen || _names.Length >= maxFeatures)
                return false;
            if (Find(_names, name, 0) < 0)
                _names = [.. _names, name.ToArray()];
            return true;
        }
    }
}
