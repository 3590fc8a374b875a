using System.Globalization;
using Detector.Models.Drift;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>
/// Watches how what is normal of one series changes: values, scores and relations. Looks at the statistics at each review; between
/// two of them it only adds up. One thread; a function of what it is shown.
/// </summary>
internal sealed partial class DriftWatch(IReadOnlyList<string> features, RetrainOptions options)
{
    private static readonly TimeSpan s_inputMemory = TimeSpan.FromDays(7), s_shiftMemory = TimeSpan.FromHours(6), s_day = TimeSpan.FromDays(1);
    private const double Allowance = 0.25, Limit = 24; // a rise by one standard deviation is seen after about 32 reviews
    private const int LeastReviews = 24;
    private const double Steady = 0.25; // change within half a day, as a share of the shift, up to which it stays as it is

    private readonly PopulationStability _input = new(features.Count, s_inputMemory);
    private RelationShift _shift = new(features.Count, s_shiftMemory);
    private readonly PageHinkley _scores = new(Allowance, Limit, LeastReviews);
    private readonly List<(long Ticks, double[] Shifts)> _past = []; // of the last two days' reviews
    private double _scoreSum;
    private double _scoreCount;

    /// <summary>The shift that is asked about; null when there is none.</summary>
    public ShiftQuestion? Question { get; private set; }

    /// <summary>Largest index of population stability at the last review.</summary>
    public double Input { get; private set; }

    /// <summary>Largest shift at the last review, deviations.</summary>
    public double Shift { get; private set; }

    public bool IsAnchored => _shift.IsAnchored;

    /// <summary>Takes the anchor that lasting shifts are measured from.</summary>
    /// <param name="rows">N × F.</param>
    /// <param name="ticks">(N) their times, UTC ticks, ascending.</param>
    public void Anchor(ReadOnlySpan<double> rows, ReadOnlySpan<long> ticks) => _shift.Anchor(rows, ticks);

    /// <summary>A model has been learned from these rows: what they hold is known.</summary>
    public void Learned(ReadOnlySpan<double> rows)
    {
        _input.Fit(rows);
        _scores.Reset();
    }

    /// <summary>Takes up a sample.</summary>
    /// <param name="isQuiet">Whether it is no part of an episode.</param>
    public void Add(long ticks, ReadOnlySpan<double> row, double score, bool isQuiet)
    {
        _input.Add(ticks, row);
        _shift.Add(ticks, row);
        if (!isQuiet)
            return;
        _scoreSum += score;
        _scoreCount++;
    }

    /// <summary>Looks at the statistics.</summary>
    public IReadOnlyList<DriftSignal> Review(long ticks)
    {
        var findings = new List<DriftSignal>();
        if (_scoreCount > 0)
            _scores.Add(_scoreSum / _scoreCount);
        int input = Largest(_input.Of), shift = Largest(feature => Math.Abs(_shift.Of(feature)));
        (Input, Shift) = (_input.Of(input), _shift.Of(shift));
        if (Input >= PopulationStability.Changed)
            findings.Add(Say(DriftReason.Input, input, Input, $"Values of {features[input]} are spread otherwise than in training (population stability index {Input:F2}; {PopulationStability.Changed} counts as changed)."));
        if (_scores.HasRisen)
            findings.Add(Say(DriftReason.Score, -1, _scores.Statistic, $"Scores of normal samples have risen since the model was learned (Page-Hinkley {_scores.Statistic:F2} of its limit)."));

        Ask(ticks, shift);
        if (Question is { } question)
            findings.Add(Describe(question));
        Remember(ticks);
        return findings;
    }

    /// <summary>Whether the shift that is asked about has come at once, has lasted long enough, and stays as it is.</summary>
    public bool IsNewNormal(long ticks) => Question is { IsSudden: true } question
        && ticks - question.SinceTicks >= options.NewNormalAfter.Ticks
        && (IsSteady(ticks, question.Feature) || (ticks - question.SinceTicks >= 2 * s_day.Ticks && DaysAreAlike(ticks, question.Feature)));

    /// <summary>Whether a shift is as it was half a day ago.</summary>
    private bool IsSteady(long ticks, int feature) =>
        Math.Abs(_shift.Of(feature)) >= options.ShiftLimit / 2
        && Math.Abs(_shift.Of(feature) - Before(ticks - s_day.Ticks / 2, feature)) <= Steady * Math.Abs(_shift.Of(feature));

    /// <summary>Whether a shift that comes and goes with the hours, as with shifts and nights, went as far yesterday as today.</summary>
    private bool DaysAreAlike(long ticks, int feature)
    {
        double today = Furthest(ticks - s_day.Ticks, ticks, feature), yesterday = Furthest(ticks - 2 * s_day.Ticks, ticks - s_day.Ticks, feature);
        return Math.Abs(today - yesterday) <= Steady * today;
    }

    private double Furthest(long from, long to, int feature) =>
        _past.Where(past => past.Ticks > from && past.Ticks <= to).Select(past => Math.Abs(past.Shifts[feature])).DefaultIfEmpty(0).Max();

    /// <summary>Where everything is now is normal from here on.</summary>
    public void Accept()
    {
        _shift.Accept();
        _past.Clear();
        Question = null;
    }

    public void Save(BinaryWriter writer)
    {
        _input.Save(writer);
        _shift.Save(writer);
        _scores.Save(writer);
        writer.Write(_past.Count);
        foreach ((long ticks, double[] shifts) in _past)
        {
            writer.Write(ticks);
            writer.Write<double>(shifts);
        }

        writer.Write<double>([_scoreSum, _scoreCount, Input, Shift]);
        writer.Write(Question?.Feature ?? -1);
        writer.Write(Question?.SinceTicks ?? 0);
        writer.Write(Question?.IsSudden ?? false);
    }

    public void Load(BinaryReader reader)
    {
        _input.Load(reader);
        _shift.Load(reader);
        _scores.Load(reader);
        _past.Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
            _past.Add((reader.ReadInt64(), reader.ReadArray<double>()));
        double[] sums = new double[4];
        reader.ReadInto<double>(sums);
        (_scoreSum, _scoreCount, Input, Shift) = (sums[0], sums[1], sums[2], sums[3]);
        var question = new ShiftQuestion(reader.ReadInt32(), reader.ReadInt64(), reader.ReadBoolean());
        Question = question.Feature < 0 ? null : question;
    }

    private void Ask(long ticks, int feature)
    {
        // Over when it has been so for a day: what comes with the night is back with the next one.
        if (Question is { } open && Math.Abs(Shift) < options.ShiftLimit / 2 && ticks - open.SinceTicks >= s_day.Ticks
            && _past.Where(past => past.Ticks > ticks - s_day.Ticks).All(past => past.Shifts.All(value => Math.Abs(value) < options.ShiftLimit / 2)))
        {
            Question = null;
        }

        if (Question is null && Math.Abs(Shift) >= options.ShiftLimit)
            Question = new ShiftQuestion(feature, ticks, Math.Abs(Shift - Before(ticks - s_day.Ticks, feature)) >= options.ShiftLimit / 2);
    }

    private DriftSignal Describe(ShiftQuestion question)
    {
        double value = _shift.Of(question.Feature);
        string direction = value > 0 ? "above" : "below", rule = question.IsSudden
            ? $"It came at once; if it stays, it counts as the new normal after {options.NewNormalAfter}, unless it is marked as confirmed."
            : "It came slowly, as faults do, and is not learned unless it is marked as the new normal.";
        return Say(DriftReason.Level, question.Feature, value, $"{features[question.Feature]} lies {Math.Abs(value):F1} deviations {direction} what the other features say of it. New normal? {rule}");
    }

    /// <summary>Shift of a feature at an earlier time, or at the earliest that is known.</summary>
    private double Before(long ticks, int feature)
    {
        double shift = 0;
        for (int i = 0; i < _past.Count; i++)
        {
            if (i == 0 || _past[i].Ticks <= ticks)
                shift = _past[i].Shifts[feature];
        }

        return shift;
    }

    private void Remember(long ticks)
    {
        _past.RemoveAll(past => past.Ticks < ticks - 2 * s_day.Ticks);
        _past.Add((ticks, [.. Enumerable.Range(0, features.Count).Select(_shift.Of)]));
        (_scoreSum, _scoreCount) = (0, 0);
    }

    private int Largest(Func<int, double> statistic)
    {
        int largest = 0;
        for (int f = 1; f < features.Count; f++)
            largest = statistic(f) > statistic(largest) ? f : largest;
        return largest;
    }

    private DriftSignal Say(DriftReason reason, int feature, double value, FormattableString text) =>
        new(reason, feature < 0 ? null : features[feature], value, text.ToString(CultureInfo.InvariantCulture));
}
