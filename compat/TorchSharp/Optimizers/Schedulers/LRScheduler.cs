namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Changes an optimiser's learning rates from step to step; the first step happens on construction.</summary>
            public abstract class LRScheduler
            {
                private protected readonly ILearningRateController[] _groups;
                private protected readonly double[] _base_lrs;
                private protected int _last_epoch;
                private double[] _last_lrs;

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _groups = optimizer.ParamGroups.ToArray();
                    _base_lrs = Array.ConvertAll(_groups, group => group.InitialLearningRate);
                    _last_lrs = Array.ConvertAll(_groups, group => group.LearningRate);
                    _last_epoch = last_epoch;
                }

                public virtual void step() => step(null);

                /// <summary>Goes to the next epoch, or to the given one.</summary>
                public virtual void step(int? epoch)
                {
                    _last_epoch = epoch ?? _last_epoch + 1;
                    _last_lrs = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    for (var i = 0; i < _groups.Length; i++) _groups[i].LearningRate = _last_lrs[i];
                }

                /// <summary>For schedulers that watch a measurement; the others ignore it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _last_lrs;

                protected virtual IEnumerable<double> get_lr() => _groups.Select(group => group.LearningRate);

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }
        }
    }
}
