using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

/// <summary>The window as its description says it, row objects in a list: slow and plain.</summary>
internal sealed class ReferenceWindow(WindowShape shape, int features)
{
    private readonly List<double[]> _rows = [];
    private readonly List<List<double>> _newestRow = [.. Enumerable.Range(0, features).Select(_ => new List<double>())];
    private long _start;
    private long _newest;

    public double[] Window => [.. Enumerable.Repeat(Missing(), Math.Max(0, shape.Rows - _rows.Count)).Concat(_rows.TakeLast(shape.Rows)).SelectMany(row => row)];

    public WindowStep Add(long ticks, double[] values)
    {
        WindowStep restarted = WindowStep.None;
        if (_rows.Count > 0)
        {
            if (ticks < _newest)
                return WindowStep.None;
            long bins = ticks < _start ? 0 : (ticks - _start) / shape.PeriodTicks;
            if (bins > 0 && bins > shape.MaxGapTicks / shape.PeriodTicks)
            {
                _rows.Clear();
                restarted = WindowStep.Restarted;
            }
            else
            {
                for (long i = 0; i < bins; i++)
                    Append();
                _start += bins * shape.PeriodTicks;
                long interval = ticks - _newest;
                if (interval > shape.PeriodTicks / 2 && interval < shape.PeriodTicks + (shape.PeriodTicks / 2))
                    _start += Math.Clamp((ticks - _start - (shape.PeriodTicks / 2)) / 8, -shape.PeriodTicks / 32, shape.PeriodTicks / 32);
            }
        }

        if (_rows.Count == 0)
        {
            Append();
            _start = ticks - (shape.PeriodTicks / 2);
        }

        _newest = ticks;
        for (int i = 0; i < Math.Min(features, values.Length); i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            _newestRow[i].Add(values[i]);
            _rows[^1][i] = shape.Resampling == Resampling.Mean ? _newestRow[i].Sum() / _newestRow[i].Count : values[i];
        }

        double observed = Window.Count(value => !double.IsNaN(value)) / (double)Window.Length;
        return restarted | (_rows.Count < shape.Rows ? WindowStep.Filling : observed >= shape.MinObserved - 1e-9 ? WindowStep.Ready : WindowStep.Sparse);
    }

    private void Append()
    {
        _rows.Add(Missing());
        _newestRow.ForEach(values => values.Clear());
    }

    private double[] Missing() => [.. Enumerable.Repeat(double.NaN, features)];
}
