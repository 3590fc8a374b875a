using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

internal sealed partial class DriftWatch
{
    /// <summary>
    /// Goes on with the features of another model. The anchor of those that stay is not moved: whatever came slowly shows as before. One that is new is
    /// anchored on what the others say of it now.
    /// </summary>
    /// <param name="next">Names of the features of that model.</param>
    /// <param name="rows">N × features of that model: what it knows.</param>
    public DriftWatch On(IReadOnlyList<string> next, double[] rows, long[] ticks)
    {
        int[] places = FeaturePlaces.Find(next, features);
        var other = new DriftWatch(next, options)
        {
            _shift = _shift.On(places, rows, ticks), Shift = Shift, _scoreSum = _scoreSum, _scoreCount = _scoreCount,
            Question = Question is { } question && Array.IndexOf(places, question.Feature) is >= 0 and var feature ? question with { Feature = feature } : null,
        };
        other._past.AddRange(_past.Select(past => (past.Ticks, places.Select(place => place < 0 ? 0 : past.Shifts[place]).ToArray())));
        other.Learned(rows);
        return other;
    }
}
