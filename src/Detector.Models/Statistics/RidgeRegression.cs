using System.Numerics;
using Detector.Models.Inference;

namespace Detector.Models.Statistics;

/// <summary>Linear regression y = m_y + B (x − m_x) with the squares of B penalised (Hoerl and Kennard, "Ridge Regression", 1970).</summary>
public sealed class RidgeRegression
{
    /// <summary>Inputs beyond which a fit would take too long.</summary>
    public const int MaxInputs = 512;

    /// <summary>Takes fitted values; the arrays are not copied.</summary>
    /// <param name="inputMean">m_x, (P).</param>
    /// <param name="outputMean">m_y, (Q).</param>
    /// <param name="coefficients">B, (Q, P) row-major.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public RidgeRegression(float[] inputMean, float[] outputMean, float[] coefficients)
    {
        if (coefficients.Length != inputMean.Length * outputMean.Length)
        {
            throw new ArgumentException(
                $"A regression of {outputMean.Length} outputs on {inputMean.Length} inputs takes {inputMean.Length * outputMean.Length} coefficients, not {coefficients.Length}.",
                nameof(coefficients));
        }

        (InputMean, OutputMean, Coefficients) = (inputMean, outputMean, coefficients);
    }

    public float[] InputMean { get; }

    public float[] OutputMean { get; }

    public float[] Coefficients { get; }

    public int Inputs => InputMean.Length;

    public int Outputs => OutputMean.Length;

    /// <summary>Solves the normal equations.</summary>
    /// <param name="covariance">Mean of (x − m_x)(x − m_x)ᵀ, (P, P).</param>
    /// <param name="cross">Mean of (x − m_x)(y − m_y)ᵀ, (P, Q).</param>
    /// <param name="ridge">Penalty on the scale of the inputs' variance, &gt; 0.</param>
    public static RidgeRegression Solve(double[] covariance, double[] cross, float[] inputMean, float[] outputMean, double ridge)
    {
        int inputs = inputMean.Length, outputs = outputMean.Length;
        double[] factor = Cholesky(covariance, inputs, ridge);
        float[] coefficients = new float[inputs * outputs];
        double[] column = new double[inputs];
        for (int q = 0; q < outputs; q++)
        {
            for (int p = 0; p < inputs; p++)
                column[p] = cross[p * outputs + q];
            Substitute(factor, column);
            for (int p = 0; p < inputs; p++)
                coefficients[q * inputs + p] = (float)column[p];
        }

        return new RidgeRegression(inputMean, outputMean, coefficients);
    }

    /// <summary>Writes the outputs expected for an input.</summary>
    /// <param name="input">(P).</param>
    /// <param name="output">(Q).</param>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        Span<float> centred = stackalloc float[MaxInputs];
        for (int p = 0; p < Inputs; p++)
            centred[p] = input[p] - InputMean[p];
        for (int q = 0; q < Outputs; q++)
            output[q] = OutputMean[q] + Dot(Coefficients.AsSpan(q * Inputs, Inputs), centred[..Inputs]);
    }

    /// <summary>The prediction as a layer.</summary>
    internal AffineLayer AsLayer() => new AffineLayer(Inputs, Coefficients, OutputMean, LayerActivation.Linear).Centred(InputMean);

    /// <summary>L with L·Lᵀ = A + ridge·I, lower triangle row-major.</summary>
    private static double[] Cholesky(double[] matrix, int size, double ridge)
    {
        double[] factor = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = factor.AsSpan(i * size, size);
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i * size + j] + (i == j ? ridge : 0) - Dot(row[..j], factor.AsSpan(j * size, j));
                row[j] = i == j ? Math.Sqrt(Math.Max(rest, ridge * 1e-6)) : rest / factor[j * size + j];
            }
        }

        return factor;
    }

    /// <summary>Solves L·Lᵀ·x = b in place.</summary>
    private static void Substitute(double[] factor, double[] vector)
    {
        int size = vector.Length;
        for (int i = 0; i < size; i++)
            vector[i] = (vector[i] - Dot(factor.AsSpan(i * size, i), vector.AsSpan(0, i))) / factor[i * size + i];
        for (int i = size - 1; i >= 0; i--)
        {
            vector[i] /= factor[i * size + i];
            for (int j = 0; j < i; j++)
                vector[j] -= factor[i * size + j] * vector[i];
        }
    }

    // TensorPrimitives.Dot orders its sums by the addresses of its operands, so its last bits change from one run to the next.
    private static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, INumber<T>
    {
        Vector<T> sums = Vector<T>.Zero;
        int i = 0;
        for (; i + Vector<T>.Count <= a.Length; i += Vector<T>.Count)
            sums += new Vector<T>(a[i..]) * new Vector<T>(b[i..]);
        T sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
