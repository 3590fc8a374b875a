using System.Numerics;
using System.Text.Json.Serialization;
using Detector.Models.Inference;

namespace Detector.Models.Statistics;

/// <summary>ZCA-cor whitening q = W·(r − mean) with W = P^(−1/2)·V^(−1/2), P the correlations and V the variances: uncorrelated features of unit
/// variance that stay as close as can be to the features they come from (Kessy, Lewin and Strimmer, "Optimal Whitening and Decorrelation", 2018).
/// </summary>
public sealed class Whitening
{
    /// <summary>Eigenvalues of the correlations are raised to this: directions with less variance are noise of the estimate.</summary>
    public const double DefaultFloor = 1e-3;

    /// <summary>Takes fitted values; the arrays are not copied.</summary>
    /// <exception cref="ArgumentException">The matrix is not F × F.</exception>
    [JsonConstructor]
    public Whitening(float[] mean, float[] matrix)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Length != mean.Length * mean.Length)
            throw new ArgumentException(
                $"Whitening {mean.Length} features takes {mean.Length * mean.Length} elements, not {matrix.Length}.", nameof(matrix));
        Mean = mean;
        Matrix = matrix;
    }

    /// <summary>(F).</summary>
    public float[] Mean { get; }

    /// <summary>W, (F, F) row-major.</summary>
    public float[] Matrix { get; }

    /// <summary>Fits to residuals.</summary>
    /// <param name="residuals">(N, F) row-major; NaN = missing.</param>
    /// <param name="features">F ≥ 1.</param>
    /// <param name="weight">Weight of the diagonal, see <see cref="Shrinkage.Covariance"/>.</param>
    /// <param name="floor">Least eigenvalue of the correlations, &gt; 0.</param>
    /// <exception cref="ArgumentException">Fewer than two whole rows.</exception>
    public static Whitening Fit(ReadOnlySpan<double> residuals, int features, double? weight = null, double floor = DefaultFloor) =>
        Of(Shrinkage.Covariance(residuals, features, weight), floor);

    /// <summary>From an estimate. A feature without variance is left as it is.</summary>
    /// <param name="covariance">Mean and covariance.</param>
    /// <param name="floor">Least eigenvalue of the correlations, &gt; 0.</param>
    public static Whitening Of(CovarianceEstimate covariance, double floor = DefaultFloor)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(floor);
        var n = covariance.Mean.Length;
        var deviation = new double[n];
        for (var i = 0; i < n; i++)
            deviation[i] = covariance.Matrix[i * n + i] is > 0 and var variance ? Math.Sqrt(variance) : 1;
        var correlation = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                correlation[i * n + j] = i == j ? 1 : covariance.Matrix[i * n + j] / (deviation[i] * deviation[j]);

        var eigen = SymmetricEigen.Of(correlation, n);
        var root = new double[n * n]; // P^(−1/2) = Σ_k λ_k^(−1/2)·v_k·v_kᵀ
        for (var k = 0; k < n; k++)
        {
            var vector = eigen.Vectors.Slice(k * n, n);
            var gain = 1 / Math.Sqrt(Math.Max(eigen.Values[k], floor));
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    root[i * n + j] += gain * vector[i] * vector[j];
        }

        var matrix = new float[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                matrix[i * n + j] = (float)(root[i * n + j] / deviation[j]);
        return new Whitening([.. covariance.Mean.Select(mean => (float)mean)], matrix);
    }

    /// <summary>Whitens a row. A missing value counts as the mean for the others and stays missing itself.</summary>
    /// <param name="residual">(F); NaN = missing.</param>
    /// <param name="whitened">(F).</param>
    public void Apply(ReadOnlySpan<float> residual, Span<float> whitened)
    {
        var n = Mean.Length;
        if (residual.Length != n || whitened.Length != n)
            throw new ArgumentException(
                $"Whitening takes rows of {n} features; got {residual.Length} values and room for {whitened.Length}.", nameof(residual));
        Span<float> centred = n <= 1024 ? stackalloc float[n] : new float[n];
        for (var j = 0; j < n; j++)
            centred[j] = float.IsFinite(residual[j]) ? residual[j] - Mean[j] : 0;
        for (var i = 0; i < n; i++)
            whitened[i] = float.IsFinite(residual[i]) ? Dot(Matrix.AsSpan(i * n, n), centred) : float.NaN;
    }

    /// <summary>The whitening of a whole row as a layer.</summary>
    internal AffineLayer AsLayer() => new AffineLayer(Mean.Length, Matrix, new float[Mean.Length], LayerActivation.Linear).Centred(Mean);

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var j = 0;
        for (; j + Vector<float>.Count <= a.Length; j += Vector<float>.Count)
            sums += new Vector<float>(a[j..]) * new Vector<float>(b[j..]);
        var sum = Vector.Sum(sums);
        for (; j < a.Length; j++)
            sum += a[j] * b[j];
        return sum;
    }
}
