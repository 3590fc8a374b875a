namespace Detector.Models.Evaluation;

/// <summary>The range-ROC and range-PR curves for one width of the buffer, as areas.</summary>
/// <param name="rows">N.</param>
/// <param name="anomalous">Event rows among them.</param>
/// <param name="called">(levels) rows called anomalous at each level.</param>
internal sealed class RangeCurve(int rows, int anomalous, double[] called)
{
    /// <summary>Area under range-ROC by trapezoids, closed at (1, 1), and the area under range-PR by steps.</summary>
    public (double Roc, double Pr) Areas(BufferedEvents buffers)
    {
        double roc = 0, pr = 0, recallBefore = 0, falseBefore = 0;
        for (int level = 0; level < called.Length; level++)
        {
            double hit = buffers.Weights[level];
            double positives = anomalous + ((hit - buffers.Inside[level]) / 2);
            double recall = Math.Min(hit / positives, 1) * buffers.Existence[level];
            double falseRate = (called[level] - hit) / (rows - positives);
            roc += (falseRate - falseBefore) * (recall + recallBefore) / 2;
            pr += (recall - recallBefore) * hit / called[level];
            (recallBefore, falseBefore) = (recall, falseRate);
        }

        return (roc + ((1 - falseBefore) * (1 + recallBefore) / 2), pr);
    }
}
