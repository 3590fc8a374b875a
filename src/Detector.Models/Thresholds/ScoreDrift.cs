namespace Detector.Models.Thresholds;

/// <summary>
/// The level that normal scores have at present, for thresholds that follow it: an exponential mean of the scores that were not flagged (DSPOT's
/// moving average: Siffer et al. 2017). Scores that have stayed above the threshold for long are the new normal: the level goes to where they are.
/// </summary>
internal sealed class ScoreDrift(TimeSpan memory, TimeSpan newNormal)
{
    private const double Most = 0.9; // share of a stretch that is above when it counts as staying there

    private DriftState _state;

    public double Level => _state.Level;

    /// <summary>The level at the end of calibration.</summary>
    public double Calibrated { get; private set; }

    public DriftState Save() => _state;

    public void Load(DriftState state, double calibrated) => (_state, Calibrated) = (state, calibrated);

    public void Save(BinaryWriter writer)
    {
        writer.Write(_state.Level);
        writer.Write(_state.Recent);
        writer.Write(_state.ShareAbove);
        writer.Write(_state.LastTicks);
        writer.Write(_state.AboveTicks);
    }

    public void Load(BinaryReader reader) =>
        _state = new DriftState(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt64());

    /// <summary>
    /// Follows calibration scores, and goes on from the level they end at. Until they have lasted for a memory, that level is their plain mean: else the
    /// first of them would have more say than all others of a short training.
    /// </summary>
    /// <returns>(N) each score above the level before it; the first of a segment is its level.</returns>
    public double[] Differences(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments)
    {
        double[] differences = new double[scores.Length];
        long followed = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (i == 0 || (!segments.IsEmpty && segments[i] != segments[i - 1]))
                _state = new DriftState(i == 0 ? scores[i] : Level, scores[i], 0, ticks[i], 0);
            differences[i] = scores[i] - Level;
            long step = StepTo(ticks[i]);
            followed += step;
            Follow(scores[i], ticks[i], step, Math.Max(Gain(step), step == 0 ? 0 : (double)step / (followed + step)), above: false, suspect: false);
        }

        _state = _state with { LastTicks = 0 };
        Calibrated = Level;
        return differences;
    }

    /// <summary>Takes up a row.</summary>
    /// <param name="above">Whether it was above the threshold.</param>
    /// <param name="suspect">Whether it belongs to an episode, though not above the threshold: then it is not learned from.</param>
    public void Observe(double score, long ticks, bool above, bool suspect)
    {
        long step = StepTo(ticks);
        Follow(score, ticks, step, Gain(step), above, suspect);
    }

    private long StepTo(long ticks) => _state.LastTicks == 0 ? 0 : Math.Clamp(ticks - _state.LastTicks, 0, memory.Ticks);

    private double Gain(long step) => 1 - Math.Exp(-(double)step / memory.Ticks);

    private void Follow(double score, long ticks, long step, double gain, bool above, bool suspect)
    {
        double quick = 1 - Math.Exp(-8.0 * step / newNormal.Ticks);
        double level = above || suspect ? _state.Level : _state.Level + gain * (score - _state.Level);
        double recent = _state.Recent + quick * (score - _state.Recent);
        double share = _state.ShareAbove + quick * ((above ? 1 : 0) - _state.ShareAbove);
        long aboveTicks = share > Most ? _state.AboveTicks + step : 0;
        if (aboveTicks > newNormal.Ticks)
            (level, share, aboveTicks) = (recent, 0, 0);
        _state = new DriftState(level, recent, share, Math.Max(ticks, _state.LastTicks), aboveTicks);
    }
}
