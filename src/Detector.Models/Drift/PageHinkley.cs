namespace Detector.Models.Drift;

/// <summary>
/// Page's test for a rise of the mean, in Hinkley's form (Page, "Continuous inspection schemes", 1954): the sum of how far values lie above their own
/// mean so far, and an allowance, measured from its lowest point. In standard deviations of the values before the change. One thread.
/// </summary>
/// <param name="allowance">Rise that is let pass.</param>
/// <param name="limit">Sum from which the mean counts as risen.</param>
/// <param name="least">Values before anything is said.</param>
public sealed class PageHinkley(double allowance, double limit, int least)
{
    private long _count;
    private double _mean;
    private double _squares;
    private double _sum;
    private double _lowest;

    /// <summary>How near the limit the sum is; 1 and above is a rise.</summary>
    public double Statistic => _count < least ? 0 : (_sum - _lowest) / limit;

    public bool HasRisen => Statistic >= 1;

    public void Add(double value)
    {
        double deviation = _count < 2 ? 0 : Math.Sqrt(_squares / (_count - 1));
        if (_count >= least && deviation > 0)
        {
            // A single wild value says little of the mean.
            _sum += Math.Clamp((value - _mean) / deviation, -4, 4) - allowance;
            _lowest = Math.Min(_lowest, _sum);
        }

        _count++;
        double step = value - _mean; // Welford 1962
        _mean += step / _count;
        _squares += step * (value - _mean);
    }

    /// <summary>Begins anew: the model is another one.</summary>
    public void Reset() => (_count, _mean, _squares, _sum, _lowest) = (0, 0, 0, 0, 0);

    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_count);
        Plain.Write(writer, [_mean, _squares, _sum, _lowest]);
    }

    public void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _count = reader.ReadInt64();
        double[] values = new double[4];
        Plain.ReadInto(reader, values);
        (_mean, _squares, _sum, _lowest) = (values[0], values[1], values[2], values[3]);
    }
}
