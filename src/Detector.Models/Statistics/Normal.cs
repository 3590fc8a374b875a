namespace Detector.Models.Statistics;

/// <summary>The standard normal distribution's upper tail.</summary>
public static class Normal
{
    /// <summary>P(Z &gt; z), relative error below 1.2e-7 everywhere (Chebyshev fit of erfc, Press et al., "Numerical Recipes", section 6.2).</summary>
    public static double Survival(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + 0.5 * x);
        var erfc = t * Math.Exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
            + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
        return z >= 0 ? erfc / 2 : 1 - erfc / 2;
    }

    /// <summary>The z with P(Z &gt; z) = <paramref name="survival"/> by bisection, clipped to ±37.</summary>
    /// <param name="survival">In (0, 1).</param>
    public static double InverseSurvival(double survival)
    {
        double low = -37, high = 37;
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            if (Survival(middle) > survival)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
