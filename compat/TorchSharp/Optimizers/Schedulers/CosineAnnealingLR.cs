namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Half a cosine from the initial rate to eta_min in T_max epochs, and back; Loshchilov and Hutter 2016.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _t_max;
                    private readonly double _eta_min;

                    public CosineAnnealingLR(
                        Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1) : base(optimizer, last_epoch)
                    {
                        (_t_max, _eta_min) = (T_max, eta_min);
                        step(null);
                    }

                    /// <summary>From the rate of the epoch before, so that changes made elsewhere last.</summary>
                    protected override IEnumerable<double> get_lr() => _groups.Select((group, i) =>
                    {
                        if (_last_epoch == 0) return group.LearningRate;
                        if ((_last_epoch - 1 - _t_max) % (2 * _t_max) == 0)
                            return group.LearningRate + (_base_lrs[i] - _eta_min) * (1 - Math.Cos(Math.PI / _t_max)) / 2;
                        var ratio = (1 + Math.Cos(Math.PI * _last_epoch / _t_max)) / (1 + Math.Cos(Math.PI * (_last_epoch - 1) / _t_max));
                        return ratio * (group.LearningRate - _eta_min) + _eta_min;
                    });

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(lr => _eta_min + (lr - _eta_min) * (1 + Math.Cos(Math.PI * _last_epoch / _t_max)) / 2);
                }
            }
        }
    }
}
