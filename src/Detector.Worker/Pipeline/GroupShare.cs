using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>What a series gives to the model of its group: its rows around their means, so that a level of its own is nothing unusual.</summary>
/// <param name="Series">Key of the series.</param>
/// <param name="Features">Names of the F features.</param>
/// <param name="Ticks">(N) event times.</param>
/// <param name="Values">N × F.</param>
internal sealed record GroupShare(string Series, IReadOnlyList<string> Features, long[] Ticks, double[] Values)
{
    public ReadOnlySpan<double> Row(int index) => Values.AsSpan(index * Features.Count, Features.Count);

    /// <returns>Null where the series does not have the features.</returns>
    public static GroupShare? Of(SeriesState series, IReadOnlyList<string> features, int mostValues)
    {
        int[] places = Places(series.Slot.Schema, features);
        if (series.Slot.Schema.Count != places.Length || Array.IndexOf(places, -1) >= 0)
            return null;
        int count = Math.Min(series.Pool.Count, mostValues / places.Length), first = series.Pool.Count - count;
        double[] values = new double[count * places.Length], row = new double[places.Length];
        for (int i = 0; i < count; i++)
        {
            series.Pool.CopyRow(first + i, row);
            for (int f = 0; f < places.Length; f++)
                values[i * places.Length + f] = row[places[f]];
        }

        FeatureMoments moments = FeatureMoments.Of(values, places.Length);
        for (int i = 0; i < values.Length; i++)
            values[i] -= moments.Mean[i % places.Length];
        return new GroupShare(series.Key, features, series.Pool.Ticks[first..].ToArray(), values);
    }

    /// <summary>The same without samples that are not after those before: two blocks of a pool may have one of the same time, where an episode turned out to be normal.</summary>
    public GroupShare InOrder()
    {
        long newest = long.MinValue;
        int[] kept = [.. Enumerable.Range(0, Ticks.Length).Where(IsAfter)];
        bool IsAfter(int i)
        {
            bool isAfter = Ticks[i] > newest;
            newest = Math.Max(newest, Ticks[i]);
            return isAfter;
        }

        return kept.Length == Ticks.Length ? this : this with { Ticks = [.. kept.Select(i => Ticks[i])], Values = [.. kept.SelectMany(i => Row(i).ToArray())] };
    }

    /// <summary>The same samples with other features, NaN for one that is not among its own.</summary>
    public GroupShare On(IReadOnlyList<string> features)
    {
        if (features.SequenceEqual(Features, StringComparer.Ordinal))
            return this;
        int[] places = FeaturePlaces.Find(features, Features);
        double[] values = new double[Ticks.Length * places.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = places[i % places.Length] is >= 0 and var place ? Row(i / places.Length)[place] : double.NaN;
        return this with { Features = features, Values = values };
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Series);
        writer.Write(Features.Count);
        foreach (string feature in Features)
            writer.Write(feature);
        writer.Write<long>(Ticks);
        writer.Write<double>(Values);
    }

    /// <exception cref="InvalidDataException">Its numbers do not go together.</exception>
    public static GroupShare Load(BinaryReader reader)
    {
        string series = reader.ReadString();
        string[] features = new string[reader.ReadInt32()];
        for (int f = 0; f < features.Length; f++)
            features[f] = reader.ReadString();
        var share = new GroupShare(series, features, reader.ReadArray<long>(), reader.ReadArray<double>());
        return share.Values.Length == share.Ticks.Length * features.Length ? share
            : throw new InvalidDataException($"The share of series '{series}' has {share.Values.Length} values of {features.Length} features at {share.Ticks.Length} times.");
    }

    /// <summary>Where the features stand in a schema, -1 for one that is not known there.</summary>
    public static int[] Places(FeatureSchema schema, IReadOnlyList<string> features) => [.. features.Select(name => schema.IndexOf(Encoding.UTF8.GetBytes(name)))];
}
