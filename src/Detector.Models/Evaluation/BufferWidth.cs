namespace Detector.Models.Evaluation;

/// <summary>
/// The widest buffer for <see cref="VolumeUnderSurface"/> by the rule of TSB-AD (Liu and Paparrizos, NeurIPS 2024): the lag of the highest local maximum
/// of a feature's autocorrelation, which is its period if it has one.
/// </summary>
public static class BufferWidth
{
    /// <summary>Taken when there is no peak between 6 and 303 rows.</summary>
    public const int Fallback = 125;

    private const int MaxRows = 20_000;
    private const int FirstLag = 3;
    private const int LastLag = 400;

    /// <param name="values">(N) one feature in order of time; the first 20,000 rows count. A value that is not finite takes the one before it.</param>
    public static int Of(ReadOnlySpan<double> values)
    {
        double[] correlation = Correlation(Centred(values[..Math.Min(values.Length, MaxRows)]));
        int best = 0;
        for (int lag = FirstLag + 1; lag < correlation.Length - 1; lag++)
        {
            bool peak = correlation[lag] > correlation[lag - 1] && correlation[lag] > correlation[lag + 1];
            if (peak && (best == 0 || correlation[lag] > correlation[best]))
                best = lag;
        }

        return best - FirstLag is >= 3 and <= 300 ? best : Fallback;
    }

    private static double[] Centred(ReadOnlySpan<double> values)
    {
        double[] centred = values.ToArray();
        for (int i = 0; i < centred.Length; i++)
            centred[i] = double.IsFinite(centred[i]) ? centred[i] : i == 0 ? 0 : centred[i - 1];
        double mean = centred.Length == 0 ? 0 : centred.Average();
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= mean;
        return centred;
    }

    private static double[] Correlation(double[] centred)
    {
        double[] sums = new double[Math.Min(LastLag + 1, centred.Length)];
        for (int lag = 0; lag < sums.Length; lag++)
            sums[lag] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(centred.AsSpan(lag), centred.AsSpan(0, centred.Length - lag));
        return sums;
    }
}
