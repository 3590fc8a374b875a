namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to max_lr, then down to far below the start, momentum the other way round; Smith and Topin 2017.</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly double _total_steps;
                    private readonly bool _cosine;
                    private readonly bool _cycle_momentum;
                    private readonly double _base_momentum;
                    private readonly double _max_momentum;
                    private readonly (double End, double From, double To, bool Rising)[] _phases;

                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85,
                        double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                        bool three_phase = false, int last_epoch = -1)
                        : base(optimizer, last_epoch)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        if (pct_start is < 0 or > 1)
                            throw new ArgumentException($"Expected float between 0 and 1 for pct_start, but got {pct_start}");
                        if (total_steps == -1 && (epochs <= 0 || steps_per_epoch <= 0))
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        _total_steps = total_steps != -1 ? total_steps : (double)epochs * steps_per_epoch;
                        if (_total_steps <= 0) throw new ArgumentException($"Expected positive integer total_steps, but got {total_steps}");

                        (_cosine, _cycle_momentum) = (anneal_strategy == AnnealStrategy.Cos, cycle_momentum);
                        (_base_momentum, _max_momentum) = (base_momentum, max_momentum);
                        var start = max_lr / div_factor;
                        var end = start / final_div_factor;
                        _phases = three_phase
                            ? [
                                (pct_start * _total_steps - 1, start, max_lr, true),
                                (2 * pct_start * _total_steps - 2, max_lr, start, false),
                                (_total_steps - 1, start, end, false),
                            ]
                            : [(pct_start * _total_steps - 1, start, max_lr, true), (_total_steps - 1, max_lr, end, false)];
                        step(null);
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > _total_steps)
                            throw new InvalidOperationException(
                                $"Tried to step {_last_epoch + 1} times. The specified number of total steps is {_total_steps}");
                        var index = Array.FindIndex(_phases, phase => _last_epoch <= phase.End);
                        if (index < 0) index = _phases.Length - 1;
                        var (end, from, to, rising) = _phases[index];
                        var start = index == 0 ? 0 : _phases[index - 1].End;
                        var part = (_last_epoch - start) / (end - start);
                        if (_cycle_momentum)
                        {
                            var last = _phases.Length == 3 && index == 2;
                            var (high, low) = rising ? (_max_momentum, _base_momentum) : (_base_momentum, _max_momentum);
                            SetMomentum(last ? _max_momentum : Anneal(high, low, part));
                        }

                        return Enumerable.Repeat(Anneal(from, to, part), _groups.Length);
                    }

                    private double Anneal(double from, double to, double part) =>
                        _cosine ? to + (from - to) / 2 * (Math.Cos(Math.PI * part) + 1) : from + (to - from) * part;

                    private void SetMomentum(double value)
                    {
                        foreach (var group in _groups)
                            if (group is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                            else if (group is IMomentum momentum) momentum.Momentum = value;
                    }
                }
            }
        }
    }
}
