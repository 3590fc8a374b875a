namespace Detector.Models.Evaluation;

/// <summary>How well scores rank rows, over all thresholds. NaN where it is not defined: nothing is anomalous, or nothing is normal.</summary>
/// <param name="AucRoc">Probability that an anomalous row scores above a normal one, ties counting half.</param>
/// <param name="AucPr">Average precision: Σ (recall gained) × precision, from the highest score down, rows of one score taken together.</param>
/// <param name="BestF1">The highest F1 of any threshold: chosen with the labels in view, so an upper bound and no result.</param>
/// <param name="BestThreshold">The threshold of <paramref name="BestF1"/>: rows that score at least as much are called anomalous.</param>
public readonly record struct Ranking(double AucRoc, double AucPr, double BestF1, double BestThreshold)
{
    public static Ranking Of(LabelledScores rows)
    {
        double positives = rows.Anomalous;
        double negatives = rows.Count - positives;
        if (positives == 0)
            return new Ranking(double.NaN, double.NaN, double.NaN, double.NaN);

        double area = 0, precisionSum = 0, bestF1 = 0, bestThreshold = double.PositiveInfinity;
        double found = 0, wrong = 0;
        for (int i = 0; i < rows.Count;)
        {
            double score = rows.SortedScores[i];
            double foundBefore = found, wrongBefore = wrong;
            for (; i < rows.Count && rows.SortedScores[i] == score; i++)
            {
                found += rows.SortedLabels[i] ? 1 : 0;
                wrong += rows.SortedLabels[i] ? 0 : 1;
            }

            area += (wrong - wrongBefore) * (found + foundBefore) / 2;
            precisionSum += (found - foundBefore) * found / (found + wrong);
            double f1 = 2 * found / (found + wrong + positives);
            if (f1 > bestF1)
                (bestF1, bestThreshold) = (f1, score);
        }

        return new Ranking(negatives == 0 ? double.NaN : area / (positives * negatives), precisionSum / positives, bestF1, bestThreshold);
    }
}
