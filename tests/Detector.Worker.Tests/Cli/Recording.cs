using System.Globalization;
using System.Text;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Cli;

/// <summary>CSV files of the three features of <see cref="Rows"/>.</summary>
internal static class Recording
{
    /// <param name="rows">Samples, one a second.</param>
    /// <param name="value">What is written for (row, feature, value); null = as it is.</param>
    public static string Csv(int rows, Func<int, int, double, double>? value = null)
    {
        var text = new StringBuilder("timestamp,a,b,c\n");
        for (int row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Rows.Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}");
            double[] values = Rows.Values(row);
            for (int feature = 0; feature < values.Length; feature++)
            {
                double written = value?.Invoke(row, feature, values[feature]) ?? values[feature];
                text.Append(CultureInfo.InvariantCulture, $",{(double.IsNaN(written) ? "" : written.ToString("R", CultureInfo.InvariantCulture))}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
