namespace Detector.Worker.Learning;

internal sealed partial class NormalPool
{
    /// <summary>The same samples, with other features.</summary>
    /// <param name="places">For each feature its place here, −1 for one that the samples lack.</param>
    public NormalPool On(int[] places)
    {
        var other = new NormalPool(places.Length, blockRows, maxRows, memory, seed, leastRows) { Rows = Rows };
        other._blocks.AddRange(_blocks.Select(block => block with { Values = Rearranged(block.Values, places) }));
        other._ticks.AddRange(_ticks);
        other._values.AddRange(Rearranged([.. _values], places));
        return other;
    }

    private double[] Rearranged(double[] values, int[] places)
    {
        double[] other = new double[values.Length / features * places.Length];
        for (int i = 0; i < other.Length; i++)
        {
            int place = places[i % places.Length];
            other[i] = place < 0 ? double.NaN : values[(i / places.Length * features) + place];
        }

        return other;
    }
}
