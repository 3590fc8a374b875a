namespace Detector.Models.Descent;

/// <summary>What the loss of some windows is made of.</summary>
/// <param name="Squares">Sum of the squared errors over the observed values.</param>
/// <param name="Values">Observed values.</param>
/// <param name="Divergence">Sum over the windows of the divergence from the prior; 0 but for variational networks.</param>
/// <param name="Windows">B.</param>
internal readonly record struct LossSums(double Squares, double Values, double Divergence, int Windows)
{
    /// <summary>Mean squared error.</summary>
    public double Error => Squares / Math.Max(1, Values);

    public static LossSums operator +(LossSums left, LossSums right) =>
        new(left.Squares + right.Squares, left.Values + right.Values, left.Divergence + right.Divergence, left.Windows + right.Windows);
}
