namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rate by gamma every step_size epochs.</summary>
                public class StepLR : LRScheduler
                {
                    private readonly int _step_size;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1) : base(optimizer, last_epoch)
                    {
                        (_step_size, _gamma) = (step_size, gamma);
                        step(null);
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = _last_epoch == 0 || _last_epoch % _step_size != 0 ? 1 : _gamma;
                        return _groups.Select(group => group.LearningRate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(lr => lr * Math.Pow(_gamma, _last_epoch / _step_size));
                }
            }
        }
    }
}
